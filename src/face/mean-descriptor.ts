export const MEAN_DESCRIPTORS: Readonly<Record<string, Float32Array>> = {}
