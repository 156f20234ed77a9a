import { randomBytes } from 'node:crypto'
import { type BegunChipAuthentication, beginChipAuthentication, TERMINAL_SEED_OCTETS } from '../chip/index.ts'
import { openMemoryLedger } from './challenge-ledger.ts'
import type { ChipChallenge, Engine, IssuedChipAuthentication } from './types.ts'

/** ICAO 9303-11, 6.1: RND.IFD has 8 bytes. */
const CHALLENGE_BYTES = 8

/**
 * Challenges for a chip's proofs. Ephemeral keys stay in the ledger: whoever has one can write the chip's answer. DG14 is
 * believed for no longer than the challenge lives: the answer counts with a key that EF.SOD covers alone.
 */
export function openChipChallenges(): Pick<Engine, 'issueChipChallenge' | 'spendChipChallenge'> {
  const ledger = openMemoryLedger<ChipChallenge>()
  return {
    async issueChipChallenge(dg14) {
      const challenge = randomBytes(CHALLENGE_BYTES)
      const begun = dg14 && beginChipAuthentication(dg14, randomBytes(TERMINAL_SEED_OCTETS))
      const { id, expiresAt } = await ledger.issue({ challenge, ...(begun && { chipAuthentication: begun.kept }) })
      return {
        id,
        challenge: challenge.toString('hex'),
        ...(begun && { chipAuthentication: handedOut(begun) }),
        expiresAt: expiresAt.toISOString(),
      }
    },
    spendChipChallenge: (id) => ledger.spend(id),
  }
}

/** What the reader needs of chip authentication that was begun. */
function handedOut({ protocol, keyId, publicKey, command }: BegunChipAuthentication): IssuedChipAuthentication {
  return {
    protocol,
    ...(keyId === undefined ? {} : { keyId }),
    publicKey: Buffer.from(publicKey).toString('hex'),
    command: Buffer.from(command).toString('hex'),
  }
}
