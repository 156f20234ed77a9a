import { malformed } from './der/index.ts'
import { readDataGroups } from './lds/index.ts'
import { agreementOffers, beginAgreement } from './proof/index.ts'
import type { ChipAuthenticationEvidence } from './report.ts'

/** Chip authentication that a terminal has begun: what the chip is to be sent, and what is kept from everybody. */
export interface BegunChipAuthentication {
  readonly protocol: string
  readonly keyId?: number
  /** For the chip: an uncompressed point, or a magnitude. */
  readonly publicKey: Uint8Array
  /** For the chip, after the key change, as it is. */
  readonly command: Uint8Array
  /** Evidence but for the chip's response to the command. */
  readonly kept: Omit<ChipAuthenticationEvidence, 'responseApdu'>
}

/**
 * Begins chip authentication with the best key that a DG14 offers (ICAO 9303-11, 6.2): undefined where it offers none that
 * can be used. DG14 need not be genuine yet: the response counts only with a key that EF.SOD covers. `seed` is
 * TERMINAL_SEED_OCTETS random octets that nobody else knows. Throws `dg14-malformed`.
 */
export function beginChipAuthentication(dg14: Uint8Array, seed: Uint8Array): BegunChipAuthentication | undefined {
  const groups = readDataGroups({ DG14: dg14 })
  if (!groups.dg14) throw malformed('dg14-malformed', 'this is no DG14')
  for (const offer of agreementOffers(groups.dg14)) {
    try {
      const { terminalPrivateKey, publicKey, command, sendSequenceCounter } = beginAgreement(offer, seed)
      const { protocol, cipher, keyId } = offer
      const names = { protocol, ...(keyId === undefined ? {} : { keyId }) }
      return { ...names, publicKey, command, kept: { ...names, cipher, terminalPrivateKey, sendSequenceCounter } }
    } catch {} // a key that cannot be used leaves the others
  }
  return undefined
}
