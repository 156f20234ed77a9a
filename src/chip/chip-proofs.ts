import { failed, indeterminate, notPerformed, type Outcome } from '../check/index.ts'
import type { CardSecurityFinding } from './card-security.ts'
import type { DataGroups, SecurityInfo } from './lds/index.ts'
import type { PassiveFinding } from './passive-authentication.ts'
import {
  isMapping,
  type ProofFinding,
  verifyActiveAuthentication,
  verifyChipAuthentication,
  verifyChipAuthenticationMapping,
} from './proof/index.ts'
import type { ChipEvidence } from './report.ts'

/** What the proofs that the chip is no copy came to, and whether it offers any. */
export interface ProofFindings {
  readonly active: ProofFinding
  readonly agreement: ProofFinding
  readonly offered: boolean
}

/** The signed files that hold the chip's keys, as far as they were given. */
export interface KeyFiles {
  readonly groups: DataGroups
  readonly passive: PassiveFinding
  readonly card: CardSecurityFinding | undefined
}

/**
 * Is it the original chip? The proofs (ICAO 9303-11, 6.1, 6.2 and 4.4) count only with a key under a trusted signature:
 * DG15 and DG14 where EF.SOD covers them, EF.CardSecurity by its own.
 */
export function verifyChipProofs(evidence: ChipEvidence, files: KeyFiles): ProofFindings {
  const offered = offeredProofs(files)
  return {
    active: provenActively(evidence, files, offered.active),
    agreement: provenByAgreement(evidence, files, offered.agreement),
    offered: offered.active || offered.agreement,
  }
}

/** Active authentication counts with a DG15 that EF.SOD covers, and with DG14's word where EF.SOD covers that. */
function provenActively(
  { activeAuthentication }: ChipEvidence,
  { groups, passive: { covered } }: KeyFiles,
  offered: boolean,
): ProofFinding {
  if (!activeAuthentication) return withoutProof(offered)
  if (!groups.dg15) return without(indeterminate('aa-key-missing'))
  if (!covered.has(15)) return without(failed('aa-key-not-covered'))
  const infos = covered.has(14) ? (groups.dg14 ?? []) : []
  const option = infos.find((info) => info.kind === 'active-authentication')
  return verifyActiveAuthentication(activeAuthentication, groups.dg15.publicKey, option)
}

/**
 * Chip authentication, by itself or in PACE. An EF.CardSecurity that is not genuine fails it, asked for or not: a signed
 * file of this chip was changed.
 */
function provenByAgreement({ chipAuthentication }: ChipEvidence, files: KeyFiles, offered: boolean): ProofFinding {
  const { groups, passive, card } = files
  if (card?.outcome.status === 'failed') return without(card.outcome)
  if (!chipAuthentication) return withoutProof(offered)
  if ('nonce' in chipAuthentication) {
    if (!card) return without(indeterminate('card-security-missing'))
    if (card.outcome.status !== 'passed') return without(card.outcome)
    const { protocol } = chipAuthentication
    return deniedByDg14(files, protocol)
      ? without(failed('cam-protocol-not-offered', { protocol }))
      : verifyChipAuthenticationMapping(chipAuthentication, card.infos)
  }
  if (!groups.dg14) return without(indeterminate('ca-key-missing'))
  if (!passive.covered.has(14)) return without(failed('ca-key-not-covered'))
  return verifyChipAuthentication(chipAuthentication, groups.dg14)
}

/** DG14 repeats what the chip offers for PACE: an EF.CardSecurity that says more is of another chip. */
function deniedByDg14({ groups, passive }: KeyFiles, protocol: string): boolean {
  const offers = passive.covered.has(14) ? (groups.dg14 ?? []).filter(({ kind }) => kind === 'pace') : []
  return offers.length > 0 && !offers.some((info) => info.protocol === protocol)
}

/**
 * EF.SOD lists DG15, or DG14 with a chip-authentication key, or a file of the chip offers PACE with chip authentication
 * mapping. A DG14 that was held back may hold a key.
 */
function offeredProofs({ groups: { dg14, cardAccess }, passive, card }: KeyFiles) {
  const lists = (group: number) => passive.object?.dataGroupHashes.has(group) ?? false
  const maps = [dg14, cardAccess, card?.infos].some((infos) => infos?.some(offersMapping))
  return {
    active: lists(15),
    agreement: maps || (lists(14) && (!dg14 || dg14.some(({ kind }) => kind === 'chip-authentication-key'))),
  }
}

const offersMapping = ({ kind, protocol }: SecurityInfo): boolean => kind === 'pace' && isMapping(protocol)

/** A clone passes passive authentication: a proof that the chip offers and nobody gave is worth a word. */
const withoutProof = (offered: boolean): ProofFinding =>
  without(notPerformed(offered ? 'chip-proof-missing' : 'chip-proof-not-offered'))

const without = (outcome: Outcome): ProofFinding => ({ outcome, deviations: [] })
