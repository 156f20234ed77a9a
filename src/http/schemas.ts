import { type TSchema, Type } from 'typebox'
import { ADVICE } from '../mrz/capture/advice.ts'
import { CHECKS } from '../verification/checklist.ts'
import { RequestJson } from './evidence.ts'

const oneOf = (...values: readonly string[]) => Type.Union(values.map((value) => Type.Literal(value)))

const Time = Type.String({ format: 'date-time' })
const Evidence = Type.Record(Type.String(), Type.Unknown())
const MrzFormat = oneOf('TD1', 'TD2', 'TD3', 'MRV-A', 'MRV-B', 'FRID')

const MrzDocument = Type.Object({
  format: MrzFormat,
  code: Type.String(),
  issuingState: Type.String(),
  documentNumber: Type.String(),
  surname: Type.String(),
  givenNames: Type.String(),
  nationality: Type.String(),
  dateOfBirth: Type.String({ description: 'ISO 8601; parts that are unknown are XX.' }),
  sex: oneOf('F', 'M', 'X'),
  dateOfExpiry: Type.String(),
  optionalData: Type.String(),
})

const mrz = {
  format: MrzFormat,
  lines: Type.Array(Type.String(), { description: 'After repair.' }),
  valid: Type.Boolean(),
  accepted: Type.Boolean(),
  confidence: Type.Number({ minimum: 0, maximum: 1 }),
  corrections: Type.Array(
    Type.Object({
      line: Type.Integer(),
      column: Type.Integer(),
      read: Type.String(),
      repaired: Type.String(),
      because: Type.String(),
    }),
  ),
}

/** A verification's result. Documentation for clients and their code generators; the engine's types are the source. */
export const ResultSchema = Type.Object({
  id: Type.String(),
  demo: Type.Optional(Type.Literal(true, { description: 'Only on a demonstration server.' })),
  verdict: oneOf('accepted', 'rejected', 'undecided'),
  reasons: Type.Array(Type.String(), { description: '"check/code" of every check between this and accepted.' }),
  policy: Type.String(),
  tolerant: Type.Optional(Type.Literal(true, { description: 'Only on a server that was started so.' })),
  checks: Type.Array(
    Type.Object({
      check: oneOf(...CHECKS),
      status: oneOf('passed', 'failed', 'indeterminate', 'not_performed'),
      code: Type.String(),
      evidence: Evidence,
    }),
  ),
  deviations: Type.Array(Type.Object({ code: Type.String(), where: Type.String(), evidence: Type.Optional(Evidence) })),
  document: Type.Optional(
    Type.Object({ ...MrzDocument.properties, source: oneOf('chip', 'page'), details: Type.Optional(Evidence) }),
  ),
  mrz: Type.Optional(Type.Object(mrz)),
  face: Type.Optional(
    Type.Object({
      similarity: Type.Number(),
      threshold: Type.Number(),
      falseMatchRate: Type.Number(),
      calibration: Type.String(),
      quality: Type.Record(Type.String(), Type.Number()),
    }),
  ),
  liveness: Type.Optional(
    Type.Object({
      score: Type.Optional(Type.Number()),
      threshold: Type.Optional(Type.Number()),
      challenge: Type.Optional(Evidence),
    }),
  ),
  engine: Type.Object({
    version: Type.String(),
    models: Type.Record(Type.String(), Type.String()),
    trustStore: Type.String(),
  }),
  evaluatedAt: Time,
})

const Percent = Type.Number({ minimum: 0, maximum: 100 })
const Corner = Type.Tuple([Type.Number(), Type.Number()])

const Capture = Type.Object({
  picture: Type.Object({ width: Type.Integer(), height: Type.Integer() }),
  brightness: Percent,
  zone: Type.Optional(
    Type.Object({
      quad: Type.Tuple([Corner, Corner, Corner, Corner], {
        description: 'In pixels of the picture: top left, top right, bottom right, bottom left as the lines read.',
      }),
      pixelsPerCharacter: Type.Number(),
      sharpness: Percent,
      contrast: Percent,
      glare: Percent,
      rotation: Type.Number({ description: 'Degrees clockwise from left to right.' }),
      slant: Percent,
      cutOff: Type.Boolean(),
    }),
  ),
  advice: Type.Object({ code: oneOf(...ADVICE), text: Type.String() }),
})

const captured = {
  capture: Capture,
  frames: Type.Optional(
    Type.Array(
      Type.Object({
        use: oneOf('joined', 'other-format', 'reads-differently', 'nothing-read'),
        confidence: Type.Optional(Type.Number()),
        capture: Capture,
      }),
      { description: 'In their order, where several frames of one document were sent.' },
    ),
  ),
}

export const MrzSchema = Type.Union([
  Type.Object({
    found: Type.Literal(true),
    ...mrz,
    document: MrzDocument,
    checkDigits: Type.Record(Type.String(), Type.Boolean()),
    confidences: Type.Record(Type.String(), Type.Number(), { description: 'By field of the document.' }),
    doubtful: Type.Array(Type.String(), { description: 'Fields of the document that may not be relied on.' }),
    doubts: Type.Array(Type.String()),
    ...captured,
  }),
  Type.Object({ found: Type.Literal(false), reason: Type.String(), ...captured }),
])

export const ComparisonSchema = Type.Object({
  similarity: Type.Number(),
  threshold: Type.Number(),
  falseMatchRate: Type.Number(),
  match: Type.Boolean(),
  calibration: Type.String(),
})

export const LivenessSchema = Type.Union([
  Type.Object({
    score: Type.Optional(Type.Number()),
    threshold: Type.Optional(Type.Number()),
    live: Type.Boolean(),
    code: Type.String(),
    unmeasured: Type.Optional(Type.Array(Type.String())),
  }),
  Type.Object({
    passed: Type.Boolean(),
    code: Type.String(),
    score: Type.Number(),
    steps: Type.Array(Type.Object({ kind: Type.String(), passed: Type.Boolean(), code: Type.String() })),
  }),
])

export const LivenessChallengeSchema = Type.Object({
  id: Type.String(),
  nonce: Type.String(),
  steps: Type.Array(Type.Object({ kind: Type.String(), at: Type.Number(), colour: Type.Optional(Type.String()) })),
  expiresAt: Time,
})

export const ChipChallengeSchema = Type.Object({
  id: Type.String(),
  challenge: Type.String({ description: 'For active authentication: 8 bytes, hex.' }),
  chipAuthentication: Type.Optional(
    Type.Object(
      {
        protocol: Type.String({ description: 'An object identifier.' }),
        keyId: Type.Optional(Type.Integer()),
        publicKey: Type.String({ description: "The terminal's ephemeral key for the chip, hex." }),
        command: Type.String({ description: 'The command to send after the key change, as it is, hex.' }),
      },
      { description: 'With a DG14 that offers it.' },
    ),
  ),
  expiresAt: Time,
})

const ProblemSchema = Type.Object({
  type: Type.String(),
  title: Type.String(),
  status: Type.Integer(),
  detail: Type.String(),
  code: Type.String({ description: 'Stable: decide by it.' }),
})

const File = Type.Unsafe<unknown>({ type: 'string', format: 'binary' })
const PARTS: Readonly<Record<string, TSchema>> = { selfie: Type.Array(File), request: RequestJson }

/** A route as /openapi.json shows it: a multipart body of these parts (none: no body), one answer, problems. */
export function documentRoute(summary: string, parts: readonly string[], status: number, answer: TSchema) {
  const properties = Object.fromEntries(parts.map((name) => [name, Type.Optional(PARTS[name] ?? File)]))
  return {
    summary,
    ...(parts.length > 0 ? { consumes: ['multipart/form-data'], body: Type.Object(properties) } : {}),
    response: { [status]: answer, '4xx': problem, '5xx': problem },
  }
}

const problem = { description: 'RFC 9457', content: { 'application/problem+json': { schema: ProblemSchema } } }
