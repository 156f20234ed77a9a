import { Fault, failed, notPerformed, type Outcome, passed } from '../check/index.ts'
import { authenticateCardSecurity } from './card-security.ts'
import { verifyChipProofs } from './chip-proofs.ts'
import { detailsOf, portraitOf, readDataGroups } from './lds/index.ts'
import { authenticatePassively, type PassiveFinding } from './passive-authentication.ts'
import { type ChipEvidence, type ChipFileName, type ChipReport, PASSIVE_CHECKS } from './report.ts'
import { readEfCardSecurity, readEfSod } from './security-object/index.ts'
import { STRICT, type Tolerances } from './tolerance.ts'
import type { TrustStore } from './trust/index.ts'
import { compareUnsignedFiles } from './unsigned-files.ts'

/** A file that could not be read, and why. */
interface Damage {
  readonly file: string
  readonly code: string
}

/**
 * Verifies what was read from a chip (ICAO 9303-11): structure, passive authentication, and the proofs that the chip is no
 * copy. Pure, and never throws for damaged files: what is missing or broken is in the outcomes. `at` is when it is judged;
 * `tolerances` are what it may be lenient about, by default nothing.
 */
export function verifyChip(
  evidence: ChipEvidence,
  trust: TrustStore,
  at: Date,
  tolerances: Tolerances = STRICT,
): ChipReport {
  const { files } = evidence

  // Read every file; what is damaged is set aside.
  const groups = readDataGroups(files)
  const damaged: Damage[] = [...groups.damaged]
  const sod = openSigned(files, 'EF_SOD', (bytes) => readEfSod(bytes, tolerances), damaged)
  const cardSecurity = openSigned(files, 'EF_CardSecurity', readEfCardSecurity, damaged)
  const mrz = groups.dg1?.lines

  // Passive authentication: is the content genuine and unchanged?
  const passive = sod
    ? authenticatePassively(sod, files, mrz, trust, at, tolerances)
    : withoutSecurityObject(files.EF_SOD ? 'ef-sod-malformed' : 'no-ef-sod')
  const card = cardSecurity && authenticateCardSecurity(cardSecurity, passive.signer, trust, at)

  // The proofs: is it the original chip? They count only with keys under a trusted signature.
  const proofs = verifyChipProofs(evidence, { groups, passive, card })

  const portrait = portraitOf(groups)
  return {
    checks: {
      'chip.structure': structureOf(files, damaged),
      ...passive.checks,
      'chip.activeAuthentication': proofs.active.outcome,
      'chip.chipAuthentication': proofs.agreement.outcome,
    },
    deviations: [
      ...groups.deviations,
      ...passive.deviations,
      ...(card?.deviations ?? []),
      ...compareUnsignedFiles(groups, passive, card?.infos, evidence.access),
      ...proofs.active.deviations,
      ...proofs.agreement.deviations,
    ],
    ...(mrz && { mrz }),
    ...(portrait && { portrait }),
    details: detailsOf(groups, card?.infos),
    offersProof: proofs.offered,
  }
}

/** A signed file; undefined when it was not given, or cannot be read, which is added to `damaged`. */
function openSigned<T>(
  files: ChipEvidence['files'],
  file: ChipFileName,
  read: (bytes: Uint8Array) => T,
  damaged: Damage[],
): T | undefined {
  const bytes = files[file]
  if (!bytes) return undefined
  try {
    return read(bytes)
  } catch (error) {
    damaged.push({ file, code: Fault.record(error).code })
    return undefined
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
