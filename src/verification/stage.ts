/**
 * Runs one named stage of a verification. Callers that have a clock measure here, and callers that may withdraw throw
 * here; the verification itself knows neither.
 */
export type Stage = <T>(name: string, work: () => T | Promise<T>) => Promise<T>

/** A stage runner that only runs. */
export const unobserved: Stage = async (_name, work) => work()
