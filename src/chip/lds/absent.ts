type WithoutAbsent<T> = { [K in keyof T]?: Exclude<T[K], undefined> }

/** The same fields without those that are undefined: what a chip does not say is not there. */
export function withoutAbsent<T extends object>(fields: T): WithoutAbsent<T> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as WithoutAbsent<T>
}
