import { createHash, timingSafeEqual } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { type Static, Type } from 'typebox'
import { Check } from 'typebox/value'
import { Fault } from '../check/index.ts'

/** `submit`: send evidence and ask for challenges; `read`: the service's metrics. */
export type Scope = 'submit' | 'read'

const KeysFile = Type.Object(
  {
    keys: Type.Array(
      Type.Object(
        {
          /** What the log calls the key's holder. */
          name: Type.String({ pattern: '^[a-zA-Z0-9._-]{1,64}$' }),
          /** SHA-256 of the key. Keys are random, at least 128 bits: a slow hash would add nothing. */
          hash: Type.String({ pattern: '^sha256:[0-9a-f]{64}$' }),
          scopes: Type.Array(Type.Union([Type.Literal('submit'), Type.Literal('read')]), { minItems: 1 }),
          /** How many requests of this key may be under way at once; default: any number. */
          concurrent: Type.Optional(Type.Integer({ minimum: 1 })),
        },
        { additionalProperties: false },
      ),
      { minItems: 1, maxItems: 1000 },
    ),
  },
  { additionalProperties: false },
)

export type ApiKey = Static<typeof KeysFile>['keys'][number]

/**
 * Reads the API keys' file: JSON `{keys: [{name, hash: 'sha256:…', scopes, concurrent?}]}`.
 * @throws Fault `keys-unreadable`, `keys-malformed` (usage)
 */
export async function readApiKeys(path: string): Promise<readonly ApiKey[]> {
  const text = await readFile(path, 'utf8').catch(() => {
    throw new Fault('keys-unreadable', 'usage', 'the keys file cannot be read')
  })
  try {
    const json: unknown = JSON.parse(text)
    if (Check(KeysFile, json)) return json.keys
  } catch {}
  throw new Fault('keys-malformed', 'usage', 'the keys file is not of the documented shape')
}

/** The key whose hash is the presented one's; takes the same time whichever it is, or none. */
export function findApiKey(keys: readonly ApiKey[], presented: string): ApiKey | undefined {
  const hash = createHash('sha256').update(presented).digest()
  let found: ApiKey | undefined
  for (const key of keys) if (timingSafeEqual(hash, Buffer.from(key.hash.slice('sha256:'.length), 'hex'))) found = key
  return found
}
