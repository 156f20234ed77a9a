type WithoutAbsent<T> = { [K in keyof T]?: Exclude<T[K], undefined> }

/**
 * The same fields without those that are undefined: optional elements (ICAO 9303-10, 4.7.11 and 4.7.12) that a chip
 * does not have are not there.
 */
export function withoutAbsent<T extends object>(fields: T): WithoutAbsent<T> {
  const present: WithoutAbsent<T> = {}
  for (const name in fields) {
    const value = fields[name]
    if (value !== undefined) present[name] = value as Exclude<T[typeof name], undefined>
  }
  return present
}
