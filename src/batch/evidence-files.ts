import { open, readdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { Fault } from '../check/index.ts'
import type { ChipEvidence, ChipFileName } from '../chip/report.ts'
import type { Frame, VerificationEvidence } from '../verification/evidence.ts'
import {
  readAccess,
  readActiveAuthentication,
  readChallenge,
  readChipAuthentication,
} from '../verification/evidence-json.ts'
import { chipFileName } from './chip-file-name.ts'
import type { ManifestLine } from './manifest-line.ts'

/** Limits on what is read from disc, in bytes. */
const MAX_PICTURE_BYTES = 32 * 1024 * 1024
const MAX_CHIP_FILE_BYTES = 4 * 1024 * 1024
const MAX_JSON_BYTES = 1024 * 1024
const MAX_FOLDER_ENTRIES = 1000

type EvidencePaths = Pick<
  ManifestLine,
  'id' | 'page' | 'chip' | 'access' | 'selfie' | 'challenge' | 'activeAuthentication' | 'chipAuthentication'
>

/**
 * Reads the files that a manifest line or a command line names. Challenge and proofs are JSON values, or paths of JSON
 * files. Throws `file-unreadable`, `file-too-large` or the fault of the JSON's reader.
 */
export async function readEvidence(paths: Partial<EvidencePaths>, base: string): Promise<VerificationEvidence> {
  const chip = await readChipEvidence(paths, base)
  const challenge = await inlineOrFile(paths.challenge, base)
  return {
    ...(paths.id === undefined ? {} : { id: paths.id }),
    ...(paths.page === undefined ? {} : { page: await readPicture(resolve(base, paths.page)) }),
    ...(chip ? { chip } : {}),
    ...(paths.selfie === undefined ? {} : { selfie: await readFrames(paths.selfie, base) }),
    ...(challenge === undefined ? {} : { challenge: readChallenge(challenge) }),
  }
}

export function readPicture(path: string): Promise<Uint8Array> {
  return readBounded(path, MAX_PICTURE_BYTES)
}

/** A JSON file's value. Throws `file-no-json` beside the faults of reading. */
export async function readJsonFile(path: string): Promise<unknown> {
  const bytes = await readBounded(path, MAX_JSON_BYTES)
  try {
    return JSON.parse(Buffer.from(bytes).toString('utf8'))
  } catch {
    throw new Fault('file-no-json', 'malformed', 'a file that should hold JSON does not')
  }
}

async function readChipEvidence(paths: Partial<EvidencePaths>, base: string): Promise<ChipEvidence | undefined> {
  const activeAuthentication = await inlineOrFile(paths.activeAuthentication, base)
  const chipAuthentication = await inlineOrFile(paths.chipAuthentication, base)
  if (paths.chip === undefined && activeAuthentication === undefined && chipAuthentication === undefined) return
  const named =
    typeof paths.chip === 'string'
      ? await listChipFolder(resolve(base, paths.chip))
      : Object.entries(paths.chip ?? {}).map(([name, path]) => [knownChipFile(name), resolve(base, path)] as const)
  const files: Partial<Record<ChipFileName, Uint8Array>> = {}
  for (const [name, path] of named) files[name] = await readBounded(path, MAX_CHIP_FILE_BYTES)
  return {
    files,
    ...(paths.access === undefined ? {} : { access: readAccess(paths.access) }),
    ...(activeAuthentication === undefined
      ? {}
      : { activeAuthentication: readActiveAuthentication(activeAuthentication) }),
    ...(chipAuthentication === undefined ? {} : { chipAuthentication: readChipAuthentication(chipAuthentication) }),
  }
}

function knownChipFile(name: string): ChipFileName {
  const known = chipFileName(name)
  if (!known) throw new Fault('chip-file-unknown', 'malformed', 'a chip file has a name that no elementary file has')
  return known
}

/** The chip files of a folder; whatever else lies there is ignored. */
async function listChipFolder(folder: string): Promise<readonly (readonly [ChipFileName, string])[]> {
  const names = await readdir(folder).catch((cause: unknown) => {
    throw unreadable(cause)
  })
  if (names.length > MAX_FOLDER_ENTRIES) {
    throw new Fault('folder-too-large', 'too-large', `a chip folder may hold ${MAX_FOLDER_ENTRIES} entries`)
  }
  return names.sort().flatMap((name) => {
    const known = chipFileName(name)
    return known ? [[known, join(folder, name)] as const] : []
  })
}

async function readFrames(selfie: NonNullable<EvidencePaths['selfie']>, base: string): Promise<readonly Frame[]> {
  const frames = typeof selfie === 'string' ? [selfie] : selfie
  return Promise.all(
    frames.map(async (frame) =>
      typeof frame === 'string'
        ? { bytes: await readPicture(resolve(base, frame)) }
        : { bytes: await readPicture(resolve(base, frame.file)), time: frame.time },
    ),
  )
}

async function inlineOrFile(value: unknown, base: string): Promise<unknown> {
  return typeof value === 'string' ? readJsonFile(resolve(base, value)) : value
}

/** Reads at most `limit` bytes; a longer file is refused before it is held in memory. */
async function readBounded(path: string, limit: number): Promise<Uint8Array> {
  const file = await open(path).catch((cause: unknown) => {
    throw unreadable(cause)
  })
  try {
    const stat = await file.stat()
    if (!stat.isFile()) throw new Fault('file-unreadable', 'malformed', 'not a regular file')
    if (stat.size > limit) throw new Fault('file-too-large', 'too-large', `a file is larger than ${limit} bytes`)
    const bytes = await file.readFile()
    return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  } finally {
    await file.close()
  }
}

/** Says which kind of trouble it was, never the path: paths may carry names. */
function unreadable(cause: unknown): Fault {
  const { code } = cause as { code?: string }
  const why = code === 'ENOENT' ? 'a file or folder does not exist' : 'a file or folder cannot be read'
  return new Fault('file-unreadable', 'malformed', why, { cause })
}
