/** Red, green and blue, linear light. */
export type Light = readonly [red: number, green: number, blue: number]

/** The colours that a screen can be asked to shine in: a display's own primaries, which lie farthest apart. */
export const LIGHTS: Readonly<Record<string, Light>> = { red: [1, 0, 0], green: [0, 1, 0], blue: [0, 0, 1] }

/** The screen as it was before anything was asked: of no colour. */
export const NO_LIGHT: Light = [0, 0, 0]
