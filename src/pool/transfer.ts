/** A message for another thread: its byte arrays in buffers of their own, to be moved and not cloned. */
export interface Parcel {
  readonly message: unknown
  readonly transferList: readonly ArrayBuffer[]
}

/**
 * Copies every byte array in a plain value once, into a buffer that may be handed over; the caller's own bytes
 * stay his (and small `Buffer`s share one that must never be moved). Shared memory stays shared.
 */
export function pack(value: unknown): Parcel {
  const transferList: ArrayBuffer[] = []
  const copy = (part: unknown): unknown => {
    if (part instanceof Uint8Array) {
      if (part.buffer instanceof SharedArrayBuffer) return part
      const own = new Uint8Array(part)
      transferList.push(own.buffer)
      return own
    }
    if (Array.isArray(part)) return part.map(copy)
    if (part !== null && typeof part === 'object' && Object.getPrototypeOf(part) === Object.prototype)
      return Object.fromEntries(Object.entries(part).map(([key, inner]) => [key, copy(inner)]))
    return part
  }
  return { message: copy(value), transferList }
}
