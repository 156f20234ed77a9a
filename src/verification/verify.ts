import { notPerformed, type Outcome, rounded } from '../check/index.ts'
import { CHIP_CHECKS, type ChipReport, STRICT, TOLERANT, type TrustStore, verifyChip } from '../chip/index.ts'
import { decodePicture } from '../image/index.ts'
import type { SessionCaptures } from '../liveness/index.ts'
import { type MrzDocument, type MrzMissing, type MrzReading, mrzLayout, parseMrz, readMrz } from '../mrz/index.ts'
import { CHECKS, type CheckName } from './checklist.ts'
import { checkNotExpired, checkPageMatchesChip } from './document-checks.ts'
import type { VerificationEvidence } from './evidence.ts'
import { evidenceId } from './evidence-id.ts'
import { verifyHolder } from './holder.ts'
import type { Instruments } from './instruments.ts'
import { checkMrzCheckDigits, checkMrzFound } from './page-checks.ts'
import type { Policy } from './policy.ts'
import type { DocumentResult, VerificationResult } from './result.ts'
import { type Stage, unobserved } from './stage.ts'
import { decide } from './verdict.ts'

/** Everything that a verification needs beside the evidence. Nothing here is read from the surroundings. */
export interface VerificationContext {
  readonly at: Date
  readonly policy: Policy
  readonly trust: TrustStore
  /** Lenient about what TOLERANCES name. */
  readonly tolerant?: boolean
  readonly instruments: Instruments
  /** The engine's version, as the result names it. */
  readonly version: string
  readonly stage?: Stage
  /** Where a session refuses captures that it has seen. */
  readonly captures?: SessionCaptures
}

/**
 * Verifies one person's evidence: evidence, then checks, then verdict. The same arguments give the same result.
 *
 * Evidence that could be opened, is absent, or is a damaged chip file, leads to checks with their codes. Pictures that
 * are none, or exceed a limit, throw the fault of `decodePicture`.
 */
export async function verify(
  evidence: VerificationEvidence,
  context: VerificationContext,
): Promise<VerificationResult> {
  const { at, policy, trust, tolerant, instruments, stage = unobserved } = context
  const tolerances = tolerant ? TOLERANT : STRICT
  const asks = (domain: string) => CHECKS.some((check) => check.startsWith(domain) && policy.checks[check])

  // The chip: parsed and verified first, because it is cheap and what it signs confirms the rest.
  const chip =
    evidence.chip && asks('chip.')
      ? await stage('chip', () => verifyChip(evidence.chip!, trust, at, tolerances))
      : undefined
  const chipDocument = chip?.mrz && mrzLayout(chip.mrz) ? parseMrz(chip.mrz, at).document : undefined

  // The page: its machine readable zone.
  const page = evidence.page && asks('mrz.') ? await readPage(evidence.page, context, stage) : undefined

  // The holder: the chip's portrait, the capture, the person in front of the camera.
  const holder =
    asks('face.') || asks('liveness.')
      ? await verifyHolder(chip?.portrait, evidence.selfie, evidence.challenge, context, stage)
      : undefined

  const document = describeDocument(chipDocument, chip, page)
  const outcomes: Readonly<Partial<Record<CheckName, Outcome>>> = {
    'mrz.found': checkMrzFound(page, chip?.mrz),
    'mrz.checkDigits': checkMrzCheckDigits(page, chip?.mrz),
    ...(chip?.checks ?? absentChip()),
    'document.notExpired': checkNotExpired(document, at),
    'document.pageMatchesChip': checkPageMatchesChip(page, chip?.mrz, chipDocument),
    ...holder?.checks,
  }
  const checks = CHECKS.flatMap((check) => {
    const outcome = outcomes[check]
    return policy.checks[check] && outcome ? [{ check, ...outcome }] : []
  })

  return {
    id: evidence.id ?? evidenceId(evidence),
    ...decide(policy, checks, chip?.offersProof ?? false),
    policy: policy.name,
    ...(tolerant ? { tolerant } : {}),
    checks,
    deviations: chip?.deviations ?? [],
    ...(document ? { document } : {}),
    ...(page?.found ? { mrz: describeMrz(page) } : {}),
    ...(holder?.face ? { face: holder.face } : {}),
    ...(holder?.liveness ? { liveness: holder.liveness } : {}),
    engine: { version: context.version, models: instruments.models, trustStore: trust.id },
    evaluatedAt: at.toISOString().replace(/\.\d{3}Z$/, 'Z'),
  }
}

async function readPage(
  bytes: Uint8Array,
  { instruments, at }: VerificationContext,
  stage: Stage,
): Promise<MrzReading | MrzMissing> {
  const picture = await stage('page-decode', () => decodePicture(bytes))
  return stage('mrz', () => readMrz(picture, instruments.mrz, at))
}

function absentChip(): Readonly<Record<string, Outcome>> {
  return Object.fromEntries(CHIP_CHECKS.map((check) => [check, notPerformed('chip-missing')]))
}

/** The chip's word where there is one: it is signed, the page is not. */
function describeDocument(
  chipDocument: MrzDocument | undefined,
  chip: ChipReport | undefined,
  page: MrzReading | MrzMissing | undefined,
): DocumentResult | undefined {
  const details = chip && Object.keys(chip.details).length > 0 ? { details: chip.details } : {}
  if (chipDocument) return { source: 'chip', ...chipDocument, ...details }
  return page?.found ? { source: 'page', ...page.document } : undefined
}

function describeMrz({ format, lines, valid, accepted, confidence, corrections }: MrzReading) {
  return { format, lines, valid, accepted, confidence: rounded(confidence), corrections }
}
