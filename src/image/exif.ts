/** What a camera wrote beside a picture. */
export interface Exif {
  /** The program that wrote or changed it. */
  readonly software?: string
  /** When it was taken, local time of the camera, ms since 1970 as if it were UTC. */
  readonly takenAt?: number
}

/** Tags of TIFF and Exif (CIPA DC-008, 4.6). */
const SOFTWARE = 0x0131
const EXIF_DIRECTORY = 0x8769
const TAKEN_AT = 0x9003
/** No camera writes more. */
const MAX_SEGMENTS = 100
const MAX_ENTRIES = 200
const MAX_TEXT = 100

/** Reads the Exif part of a JPEG; undefined where there is none, or none that can be read: it proves nothing anyway. */
export function readExif(bytes: Uint8Array): Exif | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  try {
    const tiff = findTiff(view)
    if (!tiff) return undefined
    const little = tiff.getUint16(0) === 0x4949
    const first = entriesAt(tiff, tiff.getUint32(4, little), little)
    const directory = first.get(EXIF_DIRECTORY)
    const further = directory === undefined ? undefined : entriesAt(tiff, tiff.getUint32(directory + 8, little), little)
    const software = textOf(tiff, first.get(SOFTWARE), little)
    const takenAt = timeOf(textOf(tiff, further?.get(TAKEN_AT), little))
    return { ...(software ? { software } : {}), ...(takenAt === undefined ? {} : { takenAt }) }
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}

/** The APP1 segment that begins with "Exif" (ITU-T T.81 B.1.1.4). */
function findTiff(view: DataView): DataView | undefined {
  if (view.byteLength < 4 || view.getUint16(0) !== 0xffd8) return undefined
  let at = 2
  for (let segment = 0; segment < MAX_SEGMENTS && view.getUint8(at) === 0xff; segment++) {
    const marker = view.getUint8(at + 1)
    if (marker === 0xda || marker === 0xd9) return undefined
    const length = view.getUint16(at + 2)
    if (marker === 0xe1 && length >= 16 && view.getUint32(at + 4) === 0x45786966) {
      return new DataView(view.buffer, view.byteOffset + at + 10, length - 8)
    }
    at += 2 + length
  }
  return undefined
}

/** Where each tag's entry of 12 bytes begins. */
function entriesAt(tiff: DataView, directory: number, little: boolean): ReadonlyMap<number, number> {
  const count = Math.min(tiff.getUint16(directory, little), MAX_ENTRIES)
  const entries = new Map<number, number>()
  for (let i = 0; i < count; i++) {
    const at = directory + 2 + 12 * i
    entries.set(tiff.getUint16(at, little), at)
  }
  return entries
}

function textOf(tiff: DataView, entry: number | undefined, little: boolean): string | undefined {
  if (entry === undefined || tiff.getUint16(entry + 2, little) !== 2) return undefined
  const length = Math.min(tiff.getUint32(entry + 4, little), MAX_TEXT)
  const start = length <= 4 ? entry + 8 : tiff.getUint32(entry + 8, little)
  const characters = Array.from({ length }, (_, i) => String.fromCharCode(tiff.getUint8(start + i)))
  return characters.join('').split('\0')[0]
}

/** "2026:11:24 12:00:00" */
function timeOf(text: string | undefined): number | undefined {
  const parts = /^(\d{4}):(\d\d):(\d\d) (\d\d):(\d\d):(\d\d)/.exec(text ?? '')
  if (!parts) return undefined
  const [year, month, day, hour, minute, second] = parts.slice(1).map(Number)
  return Date.UTC(year!, month! - 1, day, hour, minute, second)
}
