import { type Static, type TSchema, Type } from 'typebox'
import { Check } from 'typebox/value'
import { Fault } from '../check/index.ts'
import type { ActiveAuthenticationEvidence, ChipAuthenticationEvidence } from '../chip/report.ts'
import type { Challenge } from '../liveness/challenge.ts'

/** Limits on what a stranger's JSON may hold. */
const MAX_PROOF_BYTES = 2048
const MAX_KEY_BYTES = 4096
const MAX_STEPS = 32
const MAX_CHALLENGE_MS = 120_000

const hex = (maxBytes: number) => Type.String({ pattern: '^([0-9a-fA-F]{2})*$', maxLength: 2 * maxBytes })

export const ActiveAuthenticationJson = Type.Object(
  { challenge: hex(64), response: hex(MAX_PROOF_BYTES) },
  { additionalProperties: false },
)

export const ChipAuthenticationJson = Type.Object(
  {
    protocol: Type.String({ pattern: '^[0-9]+(\\.[0-9]+){3,20}$', maxLength: 64 }),
    cipher: Type.Union([Type.Literal('3des'), Type.Literal('aes128'), Type.Literal('aes192'), Type.Literal('aes256')]),
    keyId: Type.Optional(Type.Integer({ minimum: 0 })),
    terminalPrivateKey: hex(MAX_KEY_BYTES),
    sendSequenceCounter: hex(16),
    responseApdu: hex(MAX_PROOF_BYTES),
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

/** Active-authentication evidence from JSON. Throws the fault `active-authentication-malformed`. */
export function readActiveAuthentication(json: unknown): ActiveAuthenticationEvidence {
  const { challenge, response } = conforming(ActiveAuthenticationJson, json, 'active-authentication-malformed')
  return { challenge: fromHex(challenge), response: fromHex(response) }
}

/** Chip-authentication evidence from JSON. Throws the fault `chip-authentication-malformed`. */
export function readChipAuthentication(json: unknown): ChipAuthenticationEvidence {
  const evidence = conforming(ChipAuthenticationJson, normaliseKeyId(json), 'chip-authentication-malformed')
  return {
    ...evidence,
    terminalPrivateKey: fromHex(evidence.terminalPrivateKey),
    sendSequenceCounter: fromHex(evidence.sendSequenceCounter),
    responseApdu: fromHex(evidence.responseApdu),
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
