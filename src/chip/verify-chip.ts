import { type Deviation, Fault, failed, indeterminate, notPerformed, type Outcome, passed } from '../check/index.ts'
import { compareEfCom, type DataGroups, detailsOf, dottedVersion, portraitOf, readDataGroups } from './lds/index.ts'
import { authenticatePassively, type PassiveFinding } from './passive-authentication.ts'
import { type ProofFinding, verifyActiveAuthentication, verifyChipAuthentication } from './proof/index.ts'
import { type ChipEvidence, type ChipReport, PASSIVE_CHECKS } from './report.ts'
import { readEfSod, type SecurityObjectFile } from './security-object/index.ts'
import type { TrustStore } from './trust/index.ts'

/** A file that could not be read, and why. */
interface Damage {
  readonly file: string
  readonly code: string
}

/**
 * Verifies what was read from a chip (ICAO 9303-11): structure, passive authentication, and the proofs that the chip is no
 * copy. Pure, and never throws for damaged files: what is missing or broken is in the outcomes. `at` is when it is judged.
 */
export function verifyChip(evidence: ChipEvidence, trust: TrustStore, at: Date): ChipReport {
  const { files } = evidence

  // Read every file; what is damaged is set aside.
  const groups = readDataGroups(files)
  const sod = files.EF_SOD ? openSecurityObject(files.EF_SOD) : undefined
  const damaged: Damage[] = [...groups.damaged, ...(sod && 'code' in sod ? [sod] : [])]
  const mrz = groups.dg1?.lines

  // Passive authentication: is the content genuine and unchanged?
  const passive =
    sod && 'signedData' in sod
      ? authenticatePassively(sod, files, mrz, trust, at)
      : withoutSecurityObject(sod ? 'ef-sod-malformed' : 'no-ef-sod')

  // The proofs: is it the original chip? They count only with keys that EF.SOD covers.
  const offered = offeredProofs(groups, passive)
  const active = provenActively(evidence, groups, passive, offered)
  const chip = provenByAgreement(evidence, groups, passive, offered)

  const portrait = portraitOf(groups)
  return {
    checks: {
      'chip.structure': structureOf(files, damaged),
      ...passive.checks,
      'chip.activeAuthentication': active.outcome,
      'chip.chipAuthentication': chip.outcome,
    },
    deviations: [
      ...groups.deviations,
      ...passive.deviations,
      ...unsignedFiles(groups, passive),
      ...active.deviations,
      ...chip.deviations,
    ],
    ...(mrz && { mrz }),
    ...(portrait && { portrait }),
    details: detailsOf(groups),
    offersProof: offered.active || offered.agreement,
  }
}

function openSecurityObject(bytes: Uint8Array): SecurityObjectFile | Damage {
  try {
    return readEfSod(bytes)
  } catch (error) {
    return { file: 'EF_SOD', code: Fault.record(error).code }
  }
}

function structureOf(files: ChipEvidence['files'], damaged: readonly Damage[]): Outcome {
  const [first] = damaged
  if (first) return failed(first.code, { damaged: damaged.map(({ file, code }) => ({ file, code })) })
  return Object.values(files).some((bytes) => bytes) ? passed() : notPerformed('no-files')
}

function withoutSecurityObject(code: string): PassiveFinding {
  const checks = Object.fromEntries(PASSIVE_CHECKS.map((check) => [check, notPerformed(code)]))
  return { checks: checks as PassiveFinding['checks'], deviations: [], covered: new Set() }
}

/** Active authentication counts with a DG15 that EF.SOD covers, and with DG14's word where EF.SOD covers that. */
function provenActively(
  evidence: ChipEvidence,
  groups: DataGroups,
  { covered }: PassiveFinding,
  offered: OfferedProofs,
): ProofFinding {
  const proof = evidence.activeAuthentication
  if (!proof) return { outcome: withoutProof(offered.active), deviations: [] }
  if (!groups.dg15) return { outcome: indeterminate('aa-key-missing'), deviations: [] }
  if (!covered.has(15)) return { outcome: failed('aa-key-not-covered'), deviations: [] }
  const infos = covered.has(14) ? (groups.dg14 ?? []) : []
  const option = infos.find((info) => info.kind === 'active-authentication')
  return verifyActiveAuthentication(proof, groups.dg15.publicKey, option)
}

/** Chip authentication counts with a DG14 that EF.SOD covers. */
function provenByAgreement(
  evidence: ChipEvidence,
  groups: DataGroups,
  { covered }: PassiveFinding,
  offered: OfferedProofs,
): ProofFinding {
  const proof = evidence.chipAuthentication
  if (!proof) return { outcome: withoutProof(offered.agreement), deviations: [] }
  if (!groups.dg14) return { outcome: indeterminate('ca-key-missing'), deviations: [] }
  if (!covered.has(14)) return { outcome: failed('ca-key-not-covered'), deviations: [] }
  return verifyChipAuthentication(proof, groups.dg14)
}

/** Which proofs that it is no copy the chip offers. */
interface OfferedProofs {
  readonly active: boolean
  readonly agreement: boolean
}

/** EF.SOD lists DG15, or DG14 with a chip-authentication key; a DG14 that was held back may hold one. */
function offeredProofs({ dg14 }: DataGroups, { object }: PassiveFinding): OfferedProofs {
  const lists = (group: number) => object?.dataGroupHashes.has(group) ?? false
  return {
    active: lists(15),
    agreement: lists(14) && (!dg14 || dg14.some(({ kind }) => kind === 'chip-authentication-key')),
  }
}

/** A clone passes passive authentication: a proof that the chip offers and nobody gave is worth a word. */
function withoutProof(offered: boolean): Outcome {
  return notPerformed(offered ? 'chip-proof-missing' : 'chip-proof-not-offered')
}

/**
 * Where the files that nobody signed differ from the signed ones (ICAO 9303-10, 4.6.1; 9303-11, 4.2): EF.COM from EF.SOD;
 * EF.CardAccess from DG14, which tells of a reader that was made to fall back from PACE.
 */
function unsignedFiles({ com, cardAccess, dg14 }: DataGroups, { object }: PassiveFinding): Deviation[] {
  const deviations: Deviation[] = []
  if (com && object) {
    const ldsVersion = object.ldsVersion && dottedVersion(object.ldsVersion)
    deviations.push(...compareEfCom(com, { ldsVersion, dataGroups: [...object.dataGroupHashes.keys()] }))
  }
  const offered = (dg14 ?? []).filter(({ kind }) => kind === 'pace').map(({ protocol }) => protocol)
  const announced = (cardAccess ?? []).map(({ protocol }) => protocol)
  if (!cardAccess && offered.length > 0) {
    deviations.push({ code: 'card-access-missing', where: 'EF_CardAccess', evidence: { offered } })
  } else if (offered.some((protocol) => !announced.includes(protocol))) {
    deviations.push({ code: 'card-access-dg14-mismatch', where: 'EF_CardAccess', evidence: { offered, announced } })
  }
  return deviations
}
