import { createHash } from 'node:crypto'
import type { TrustFile } from './trust-folder.ts'

/** A trust store's files in one piece of memory that all threads share. Never changed: a reload makes a new one. */
export interface TrustBundle {
  /** SHA-256 of the files and their paths, hex. */
  readonly id: string
  /** Shared memory: the length of the index (32 bits), the index (JSON: path and size of each file), the files. */
  readonly bytes: Uint8Array
}

const LENGTH_BYTES = 4

export function bundleTrust(files: readonly TrustFile[]): TrustBundle {
  const index = Buffer.from(JSON.stringify(files.map(({ path, bytes }) => [path, bytes.length])))
  const total = files.reduce((sum, { bytes }) => sum + bytes.length, LENGTH_BYTES + index.length)
  const bytes = new Uint8Array(new SharedArrayBuffer(total))
  new DataView(bytes.buffer).setUint32(0, index.length)
  bytes.set(index, LENGTH_BYTES)
  let offset = LENGTH_BYTES + index.length
  for (const file of files) {
    bytes.set(file.bytes, offset)
    offset += file.bytes.length
  }
  return { id: createHash('sha256').update(bytes).digest('hex'), bytes }
}

/** The files again, as views of the shared memory. */
export function unbundleTrust({ bytes }: TrustBundle): readonly TrustFile[] {
  const start = LENGTH_BYTES + new DataView(bytes.buffer).getUint32(0)
  const index: readonly [string, number][] = JSON.parse(Buffer.from(bytes.slice(LENGTH_BYTES, start)).toString())
  let offset = start
  return index.map(([path, size]) => {
    offset += size
    return { path, bytes: bytes.subarray(offset - size, offset) }
  })
}
