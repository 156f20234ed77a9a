import { type Static, Type } from 'typebox'
import { Check } from 'typebox/value'
import { Fault } from '../check/index.ts'

/** A manifest line longer than this is refused unread. */
export const MAX_LINE_CHARACTERS = 1_000_000

const Path = Type.String({ minLength: 1, maxLength: 4096 })

const ManifestLineJson = Type.Object({
  id: Type.String({ minLength: 1, maxLength: 256 }),
  page: Type.Optional(Path),
  /** A folder as readers leave it, or files by name. */
  chip: Type.Optional(Type.Union([Path, Type.Record(Type.String(), Path)])),
  /** One image, images in order, or frames with their times in ms. */
  selfie: Type.Optional(
    Type.Union([
      Path,
      Type.Array(Path, { minItems: 1 }),
      Type.Array(Type.Object({ file: Path, time: Type.Number() }), { minItems: 1 }),
    ]),
  ),
  challenge: Type.Optional(Type.Unknown()),
  /** How the reader opened the chip. */
  access: Type.Optional(Type.String()),
  activeAuthentication: Type.Optional(Type.Unknown()),
  chipAuthentication: Type.Optional(Type.Unknown()),
  at: Type.Optional(Type.String()),
  trust: Type.Optional(Path),
  /** Lenient, or strict, about what EF.SOD gets wrong. */
  tolerant: Type.Optional(Type.Boolean()),
  /** A shipped policy's name, or a policy itself. */
  policy: Type.Optional(Type.Union([Type.String(), Type.Object({})])),
})

/** One verification of a manifest, paths as written. Members that are not known are left for their writer's use. */
export type ManifestLine = Static<typeof ManifestLineJson>

/** Reads one line of a manifest. Throws `line-too-long`, `line-no-json` or `line-malformed`. */
export function readManifestLine(line: string): ManifestLine {
  if (line.length > MAX_LINE_CHARACTERS) throw new Fault('line-too-long', 'too-large', 'the line is too long')
  let json: unknown
  try {
    json = JSON.parse(line)
  } catch {
    throw new Fault('line-no-json', 'malformed', 'the line is no JSON')
  }
  if (!Check(ManifestLineJson, json)) {
    throw new Fault('line-malformed', 'malformed', 'the line is not of the documented shape')
  }
  return json
}

/** The id that a line carries even when the rest of it cannot be used; else its number, counted from 1. */
export function lineId(line: string, number: number): string {
  try {
    const { id } = JSON.parse(line) as { id?: unknown }
    if (typeof id === 'string' && id.length > 0 && id.length <= 256) return id
  } catch {}
  return `line-${number}`
}
