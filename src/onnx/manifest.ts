import { readFile } from 'node:fs/promises'
import { type Static, type TSchema, Type } from 'typebox'
import { Value } from 'typebox/value'
import { Fault } from '../check/index.ts'
import { ROLES } from './role.ts'

/** A manifest is a few kilobytes; one that is larger is no manifest. */
const MAX_MANIFEST_BYTES = 1 << 20

const Name = Type.String({ pattern: '^[a-z0-9][a-z0-9._-]{0,63}$' })
const Sha256 = Type.String({ pattern: '^[0-9a-f]{64}$' })
const Text = Type.String({ maxLength: 1000 })
const Point = Type.Tuple([Type.Number(), Type.Number()])

/**
 * What of the picture a model sees:
 * - `letterbox`: the whole picture, centred, its proportions kept, the rest black;
 * - `box`: a square about the centre of the face's box, `enlarge` times its longer side; `upright` turns it so that the
 *   eyes are level; `averaged`: reduced by averaging instead of by sampling;
 * - `points`: the similarity transform that brings right eye, left eye, nose, right and left mouth corner (the person's
 *   own right and left, mouth corners as seen: image left first) onto `template`, in pixels of the input;
 * - `other`: as the room that uses the model knows.
 */
const Crop = Type.Union([
  Type.Object({ kind: Type.Literal('letterbox') }),
  Type.Object({
    kind: Type.Literal('box'),
    enlarge: Type.Number(),
    upright: Type.Optional(Type.Boolean()),
    averaged: Type.Optional(Type.Boolean()),
  }),
  Type.Object({ kind: Type.Literal('points'), template: Type.Array(Point, { minItems: 5, maxItems: 5 }) }),
  Type.Object({ kind: Type.Literal('other') }),
])

/**
 * How to feed a model: planes of `width` x `height`, in the order of `channels`, each value
 * `(pixel - mean) / deviation` of its plane, pixels 0 to 255. `mirrored`: the descriptor is the sum of that of the crop
 * and that of its mirror image.
 */
const Input = Type.Object({
  width: Type.Integer({ minimum: 1, maximum: 4096 }),
  height: Type.Integer({ minimum: 1, maximum: 4096 }),
  channels: Type.Union([Type.Literal('rgb'), Type.Literal('bgr'), Type.Literal('grey')]),
  mean: Type.Array(Type.Number(), { minItems: 1, maxItems: 3 }),
  deviation: Type.Array(Type.Number(), { minItems: 1, maxItems: 3 }),
  crop: Crop,
  mirrored: Type.Optional(Type.Boolean()),
})

/**
 * How to read a model's outputs; `kind` names the convention: `blazeface` (with `anchors`, a list of `{stride, count}`),
 * `yunet` (with `strides`), `mesh`, `descriptor` (compared by cosine), `classes` (logits; `live` is the index of a live
 * face). Further fields belong to the kind.
 */
const Output = Type.Object({ kind: Name }, { additionalProperties: true })

/** Where a built model comes from: an npm package and the SHA-256 of each of its files that went in. */
const Source = Type.Object({ package: Text, version: Text, files: Type.Record(Type.String(), Sha256) })

/** How a model that the project trained came about: by what, on what, how long. */
const Training = Type.Object({
  recipe: Text,
  data: Text,
  /** Different pictures, and steps of how many pictures each. */
  pictures: Type.Integer(),
  steps: Type.Integer(),
  batch: Type.Integer(),
  /** Of one CPU core. */
  hours: Type.Number(),
})

const Entry = Type.Object({
  id: Name,
  role: Type.Enum([...ROLES]),
  /** Relative to the manifest. */
  file: Type.String({ pattern: '^[A-Za-z0-9_-][A-Za-z0-9._-]*(/[A-Za-z0-9_-][A-Za-z0-9._-]*){0,3}$', maxLength: 200 }),
  sha256: Sha256,
  origin: Text,
  licence: Text,
  source: Type.Optional(Source),
  input: Input,
  output: Output,
  training: Type.Optional(Training),
  /** Error rates that this project measured, each model alone: recognisers on pictures of LFW at 150 pixels. */
  measured: Type.Optional(Type.Record(Type.String(), Type.Number())),
  /** What `measured` was measured on where it is something else, with sample sizes and bounds. */
  measuredOn: Type.Optional(Text),
})

/**
 * How the models of one role decide together: the score is the sum of `weight * (s - mean) / deviation` over the terms,
 * `s` the score of one model (cosine of two descriptors, or probability of a live face). `operatingPoints`, the strictest
 * last, give the score that impostors reach at each nominal rate; `threshold` is the score that decides where no rate is
 * known. `advisory`: it may warn, never fail a check. `unmeasured`: against what nobody has measured it; said wherever
 * its score is shown.
 */
const Decision = Type.Object({
  terms: Type.Array(
    Type.Object({ model: Name, weight: Type.Number(), mean: Type.Number(), deviation: Type.Number() }),
    { minItems: 1, maxItems: 8 },
  ),
  operatingPoints: Type.Optional(
    Type.Array(Type.Object({ falseMatchRate: Type.Number(), score: Type.Number() }), { minItems: 1, maxItems: 100 }),
  ),
  threshold: Type.Optional(Type.Number()),
  /** What the operating points were measured on. */
  source: Type.Optional(Text),
  advisory: Type.Optional(Type.Boolean()),
  unmeasured: Type.Optional(Type.Array(Text, { maxItems: 20 })),
})

/** `glance`: the same for descriptors of crops without their mirrored copies, by fewer models: faces seen in passing. */
const Fusion = Type.Object({ ...Decision.properties, glance: Type.Optional(Decision) })

/** `fusion` by role. Its terms may name models of the default manifest: those then serve the role as well. */
const ManifestSchema = Type.Object({
  models: Type.Array(Entry, { maxItems: 100 }),
  fusion: Type.Record(Type.String(), Fusion),
})

/** What `genkend models add --spec FILE` reads: how to use a model that Genkend does not know. */
const SpecSchema = Type.Object({
  id: Name,
  origin: Text,
  licence: Text,
  input: Input,
  output: Output,
  fusion: Type.Optional(Fusion),
})

export type Manifest = Static<typeof ManifestSchema>
export type ManifestEntry = Static<typeof Entry>
export type ModelInput = Static<typeof Input>
export type ModelOutput = Static<typeof Output>
export type Fusion = Static<typeof Fusion>
export type ModelSpec = Static<typeof SpecSchema>

/**
 * Reads the manifest at `path`.
 * Faults (installation): `manifest-missing`, `manifest-invalid`.
 */
export async function readManifest(path: string): Promise<Manifest> {
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new Fault('manifest-missing', 'installation', `${path} cannot be read`, { cause })
  })
  const value = parse(text)
  if (Value.Check(ManifestSchema, value)) return value
  throw new Fault('manifest-invalid', 'installation', `${path}: ${complaint(ManifestSchema, value)}`)
}

/**
 * Reads the description of a model that a user adds.
 * Faults (usage): `spec-missing`, `spec-invalid`.
 */
export async function readSpec(path: string): Promise<ModelSpec> {
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new Fault('spec-missing', 'usage', `${path} cannot be read`, { cause })
  })
  const value = parse(text)
  if (Value.Check(SpecSchema, value)) return value
  throw new Fault('spec-invalid', 'usage', `${path}: ${complaint(SpecSchema, value)}`)
}

/** The JSON value in `text`; `undefined`, which no schema allows, when there is none or too much. */
function parse(text: string): unknown {
  if (text.length > MAX_MANIFEST_BYTES) return undefined
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function complaint(schema: TSchema, value: unknown): string {
  const [first] = Value.Errors(schema, value)
  return value === undefined || !first ? 'is no JSON' : `${first.instancePath || '/'} ${first.message}`
}
