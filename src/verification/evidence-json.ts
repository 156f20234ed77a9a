import { type Static, type TSchema, Type } from 'typebox'
import { Check } from 'typebox/value'
import { Fault } from '../check/index.ts'
import type {
  ActiveAuthenticationEvidence,
  ChipAuthenticationEvidence,
  ChipAuthenticationMappingEvidence,
} from '../chip/report.ts'
import type { Challenge } from '../liveness/challenge.ts'

/** Limits on what a stranger's JSON may hold. */
const MAX_PROOF_BYTES = 2048
const MAX_KEY_BYTES = 4096
const MAX_STEPS = 32
const MAX_CHALLENGE_MS = 120_000

const MAX_SCALAR_BYTES = 66
const MAX_POINT_BYTES = 133

const hex = (maxBytes: number) => Type.String({ pattern: '^([0-9a-fA-F]{2})*$', maxLength: 2 * maxBytes })

export const ActiveAuthenticationJson = Type.Object(
  { challenge: hex(64), response: hex(MAX_PROOF_BYTES) },
  { additionalProperties: false },
)

const Protocol = Type.String({ pattern: '^[0-9]+(\\.[0-9]+){3,20}$', maxLength: 64 })

/** How a reader says that it opened the chip: `bac`, or the protocol of PACE. */
export const AccessJson = Type.String({ pattern: '^(bac|[0-9]+(\\.[0-9]+){3,20})$', maxLength: 64 })

export const ChipAuthenticationJson = Type.Object(
  {
    protocol: Protocol,
    cipher: Type.Union([Type.Literal('3des'), Type.Literal('aes128'), Type.Literal('aes192'), Type.Literal('aes256')]),
    keyId: Type.Optional(Type.Integer({ minimum: 0 })),
    terminalPrivateKey: hex(MAX_KEY_BYTES),
    sendSequenceCounter: hex(16),
    responseApdu: hex(MAX_PROOF_BYTES),
  },
  { additionalProperties: false },
)

/** PACE with chip authentication mapping: what the terminal saw and knew. */
export const ChipAuthenticationMappingJson = Type.Object(
  {
    protocol: Protocol,
    parameterId: Type.Optional(Type.Integer({ minimum: 0, maximum: 31 })),
    nonce: hex(64),
    terminalMappingPrivateKey: hex(MAX_SCALAR_BYTES),
    chipMappingPublicKey: hex(MAX_POINT_BYTES),
    terminalPrivateKey: hex(MAX_SCALAR_BYTES),
    chipPublicKey: hex(MAX_POINT_BYTES),
    authenticationToken: hex(16),
    encryptedChipAuthenticationData: hex(256),
  },
  { additionalProperties: false },
)

export const ChallengeJson = Type.Object(
  {
    nonce: hex(64),
    steps: Type.Array(
      Type.Object(
        {
          kind: Type.Union([
            Type.Literal('turn-left'),
            Type.Literal('turn-right'),
            Type.Literal('look-up'),
            Type.Literal('look-down'),
            Type.Literal('look-ahead'),
            Type.Literal('blink'),
            Type.Literal('come-closer'),
            Type.Literal('light'),
          ]),
          at: Type.Number({ minimum: 0, maximum: MAX_CHALLENGE_MS }),
          colour: Type.Optional(Type.String({ maxLength: 16 })),
        },
        { additionalProperties: false },
      ),
      { minItems: 1, maxItems: MAX_STEPS },
    ),
  },
  { additionalProperties: false },
)

/** How the reader opened the chip. Throws the fault `access-malformed`. */
export function readAccess(json: unknown): string {
  return conforming(AccessJson, json, 'access-malformed')
}

/** Active-authentication evidence from JSON. Throws the fault `active-authentication-malformed`. */
export function readActiveAuthentication(json: unknown): ActiveAuthenticationEvidence {
  const { challenge, response } = conforming(ActiveAuthenticationJson, json, 'active-authentication-malformed')
  return { challenge: fromHex(challenge), response: fromHex(response) }
}

/**
 * Evidence of chip authentication, by itself or in PACE (which has a nonce), from JSON. Throws the fault
 * `chip-authentication-malformed`.
 */
export function readChipAuthentication(json: unknown): ChipAuthenticationEvidence | ChipAuthenticationMappingEvidence {
  if (Object.hasOwn(Object(json), 'nonce')) return readMapping(json)
  const evidence = conforming(ChipAuthenticationJson, normaliseKeyId(json), 'chip-authentication-malformed')
  return {
    ...evidence,
    terminalPrivateKey: fromHex(evidence.terminalPrivateKey),
    sendSequenceCounter: fromHex(evidence.sendSequenceCounter),
    responseApdu: fromHex(evidence.responseApdu),
  }
}

function readMapping(json: unknown): ChipAuthenticationMappingEvidence {
  const { protocol, parameterId, ...octets } = conforming(
    ChipAuthenticationMappingJson,
    json,
    'chip-authentication-malformed',
  )
  return {
    protocol,
    ...(parameterId === undefined ? {} : { parameterId }),
    nonce: fromHex(octets.nonce),
    terminalMappingPrivateKey: fromHex(octets.terminalMappingPrivateKey),
    chipMappingPublicKey: fromHex(octets.chipMappingPublicKey),
    terminalPrivateKey: fromHex(octets.terminalPrivateKey),
    chipPublicKey: fromHex(octets.chipPublicKey),
    authenticationToken: fromHex(octets.authenticationToken),
    encryptedChipAuthenticationData: fromHex(octets.encryptedChipAuthenticationData),
  }
}

/** A liveness challenge from JSON. Throws the fault `challenge-malformed`. */
export function readChallenge(json: unknown): Challenge {
  return conforming(ChallengeJson, json, 'challenge-malformed')
}

function conforming<Schema extends TSchema>(schema: Schema, json: unknown, code: string): Static<Schema> {
  if (!Check(schema, json)) throw new Fault(code, 'malformed', 'the JSON is not of the documented shape')
  return json as Static<Schema>
}

/** Recorders write a key identifier that the chip left out as null. */
function normaliseKeyId(json: unknown): unknown {
  if (typeof json !== 'object' || json === null || (json as { keyId?: unknown }).keyId !== null) return json
  const { keyId: _, ...rest } = json as Record<string, unknown>
  return rest
}

const fromHex = (text: string) => new Uint8Array(Buffer.from(text, 'hex'))
