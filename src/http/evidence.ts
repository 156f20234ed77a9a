import { type Static, Type } from 'typebox'
import { Check } from 'typebox/value'
import { Fault } from '../check/index.ts'
import type { ChipEvidence, ChipFileName } from '../chip/report.ts'
import type { ChipChallenge, Engine } from '../engine/index.ts'
import type { Frame, VerificationEvidence } from '../verification/evidence.ts'
import { AccessJson } from '../verification/evidence-json.ts'
import { policyNamed } from '../verification/policies.ts'
import { MAX_CHIP_FILE_BYTES, MAX_FRAMES, MAX_PICTURE_BYTES, MAX_REQUEST_JSON_BYTES } from './limits.ts'
import type { PartLimit, Parts } from './parts.ts'

const CHIP_FILES: readonly ChipFileName[] = [
  'EF_COM',
  'EF_SOD',
  'EF_CardAccess',
  'EF_CardSecurity',
  'EF_DIR',
  ...Array.from({ length: 16 }, (_, i) => `DG${i + 1}` as ChipFileName),
]

export const PICTURE: PartLimit = { bytes: MAX_PICTURE_BYTES, count: 1 }
export const FRAMES: PartLimit = { bytes: MAX_PICTURE_BYTES, count: MAX_FRAMES }
export const REQUEST: PartLimit = { bytes: MAX_REQUEST_JSON_BYTES, count: 1 }
export const CHIP_PARTS: Readonly<Record<string, PartLimit>> = Object.fromEntries(
  CHIP_FILES.map((name) => [name, { bytes: MAX_CHIP_FILE_BYTES, count: 1 }]),
)

/** An identifier that the server gave out for a challenge. */
const ChallengeId = Type.String({ pattern: '^[A-Za-z0-9_-]{1,64}$' })

const Response = Type.String({ pattern: '^([0-9a-fA-F]{2})+$', maxLength: 4096 })

/** The JSON part `request`. */
export const RequestJson = Type.Object(
  {
    id: Type.Optional(Type.String({ minLength: 1, maxLength: 256, description: "The caller's identifier." })),
    policy: Type.Optional(Type.String({ maxLength: 64, description: 'A policy of the server, by name.' })),
    challenge: Type.Optional(ChallengeId),
    times: Type.Optional(
      Type.Array(Type.Number({ minimum: 0, maximum: 600_000 }), {
        maxItems: MAX_FRAMES,
        description: 'When each frame of `selfie` was taken, in ms from the first.',
      }),
    ),
    access: Type.Optional(AccessJson),
    activeAuthentication: Type.Optional(
      Type.Object(
        { challenge: ChallengeId, response: Response },
        { additionalProperties: false, description: "The chip's response (hex) to a challenge of this server." },
      ),
    ),
    chipAuthentication: Type.Optional(
      Type.Object(
        { challenge: ChallengeId, response: Response },
        {
          additionalProperties: false,
          description: "The chip's response (hex, status included) to the command of a challenge of this server.",
        },
      ),
    ),
  },
  { additionalProperties: false },
)

export type RequestJson = Static<typeof RequestJson>

/** What a caller of the library may say, and one over HTTP may not: the server vouches for it. */
const SERVERS_OWN = ['at', 'trust']

/**
 * Reads the JSON part of a request; without one, nothing was asked for.
 * @throws Fault `request-malformed`, `not-over-http` (usage)
 */
export function readRequest(parts: Parts): RequestJson {
  const [bytes] = parts.get('request') ?? []
  if (!bytes) return {}
  let json: unknown
  try {
    json = JSON.parse(Buffer.from(bytes).toString('utf8'))
  } catch {
    throw new Fault('request-malformed', 'malformed', 'the part "request" is no JSON')
  }
  const { policy, challenge, chipAuthentication } = (json ?? {}) as Record<string, unknown>
  const own = SERVERS_OWN.filter((name) => Object.hasOwn(Object(json), name))
  if (typeof policy === 'object') own.push('policy')
  if (typeof challenge === 'object') own.push('challenge')
  // Whoever holds the terminal's keys can write the chip's answer.
  if (Object.hasOwn(Object(chipAuthentication), 'protocol')) own.push('chipAuthentication')
  if (own.length > 0) throw new Fault('not-over-http', 'usage', `over HTTP the server decides on: ${own.join(', ')}`)
  if (!Check(RequestJson, json))
    throw new Fault('request-malformed', 'malformed', 'the part "request" is not of the documented shape')
  return json
}

/**
 * Puts the evidence together and spends the challenges that it answers: they are gone, whatever comes of it. Nothing is
 * spent when the request itself is at fault.
 * @throws Fault `policy-unknown` (usage), `times-mismatch`, `challenge-unknown`, `challenge-expired`, `challenge-spent`,
 * `challenge-without-key`
 */
export async function assembleEvidence(
  engine: Engine,
  parts: Parts,
  request: RequestJson,
): Promise<VerificationEvidence> {
  if (request.policy !== undefined) policyNamed(request.policy)
  const [page] = parts.get('page') ?? []
  const selfie = readFrames(parts, request)
  const challenge =
    request.challenge === undefined
      ? undefined
      : await engine.spendLivenessChallenge(request.challenge, lengthOf(selfie))
  const chip = await assembleChip(engine, parts, request)
  return {
    ...(request.id === undefined ? {} : { id: request.id }),
    ...(page ? { page } : {}),
    ...(chip ? { chip } : {}),
    ...(selfie.length > 0 ? { selfie } : {}),
    ...(challenge ? { challenge } : {}),
  }
}

/** The frames of `selfie` with their times. */
export function readFrames(parts: Parts, { times }: RequestJson): readonly Frame[] {
  const pictures = parts.get('selfie') ?? []
  if (times && times.length !== pictures.length)
    throw new Fault('times-mismatch', 'malformed', 'there must be as many times as frames')
  return pictures.map((bytes, i) => ({ bytes, ...(times ? { time: times[i]! } : {}) }))
}

/** From the first frame to the last, ms. */
export function lengthOf(frames: readonly Frame[]): number {
  const times = frames.flatMap(({ time }) => time ?? [])
  return times.length > 0 ? Math.max(...times) - Math.min(...times) : 0
}

async function assembleChip(
  engine: Engine,
  parts: Parts,
  { access, activeAuthentication, chipAuthentication }: RequestJson,
): Promise<ChipEvidence | undefined> {
  const files = Object.fromEntries(
    CHIP_FILES.flatMap((name) => (parts.get(name) ?? []).map((bytes) => [name, bytes] as const)),
  )
  if (Object.keys(files).length === 0 && !activeAuthentication && !chipAuthentication) return undefined
  const spent = await spendChipChallenges(engine, activeAuthentication?.challenge, chipAuthentication?.challenge)
  return {
    files,
    ...(access === undefined ? {} : { access }),
    ...(activeAuthentication && {
      activeAuthentication: {
        challenge: spent.get(activeAuthentication.challenge)!.challenge,
        response: fromHex(activeAuthentication.response),
      },
    }),
    ...(chipAuthentication && {
      chipAuthentication: {
        ...begun(spent.get(chipAuthentication.challenge)!),
        responseApdu: fromHex(chipAuthentication.response),
      },
    }),
  }
}

/** Spends each once: one challenge may serve both proofs of a request. */
async function spendChipChallenges(engine: Engine, ...ids: readonly (string | undefined)[]) {
  const spent = new Map<string, ChipChallenge>()
  for (const id of ids) if (id !== undefined && !spent.has(id)) spent.set(id, await engine.spendChipChallenge(id))
  return spent
}

function begun({ chipAuthentication }: ChipChallenge): NonNullable<ChipChallenge['chipAuthentication']> {
  if (!chipAuthentication) {
    throw new Fault(
      'challenge-without-key',
      'unprocessable',
      'the challenge was issued without a DG14 that offers a key',
    )
  }
  return chipAuthentication
}

const fromHex = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'hex'))
