import type { ActiveAuthenticationEvidence, ChipAuthenticationEvidence } from '../chip/report.ts'
import type { FaceQuality } from '../face/analysis.ts'
import type { Challenge } from '../liveness/challenge.ts'
import type { MrzAnswer } from '../mrz/read-document.ts'
import type { CallOptions, Lane } from '../pool/index.ts'
import type { Frame, VerificationEvidence } from '../verification/evidence.ts'
import type { Policy } from '../verification/policy.ts'
import type { Timings, Verification } from '../verification/result.ts'

export type { CallOptions, Lane }

export interface EngineOptions {
  /** The trust store's folder; without one, no certificate is trusted. */
  readonly trust?: string
  /** A folder of stronger models (the pack); default: the environment's `GENKEND_MODELS`. */
  readonly models?: string
  /** A file that `genkend face --calibrate` wrote: it decides whether faces match; default: the shipped calibration. */
  readonly calibration?: string
  /** Worker threads; default: one a core. */
  readonly workers?: number
  /** Lenient about what TOLERANCES name, for every call that does not say otherwise; default: strict. */
  readonly tolerant?: boolean
}

export interface SessionOptions extends CallOptions {
  /**
   * The capture answers a challenge of this engine's: it is refused (`capture-repeated`) when it was seen with an earlier
   * one, and remembered, as fingerprints, as long as challenges live. Default false: judged by itself alone.
   */
  readonly unseen?: boolean
}

export interface VerifyOptions extends SessionOptions {
  /** A shipped policy's name or a policy of one's own; default `passport-face`. */
  readonly policy?: string | Policy
  /** The moment to judge at; default now. */
  readonly at?: Date
  /** Another trust store's folder, for this call alone. */
  readonly trust?: string
  /** Lenient, or strict, for this call alone. */
  readonly tolerant?: boolean
}

export interface MrzOptions extends CallOptions {
  /** Has general OCR (tesseract.js) read the lines again, for comparison; it starts with the first call that asks. */
  readonly secondOpinion?: boolean
}

/** A face analysed once, to be compared many times. */
export interface FaceAnswer {
  /** By model id; biometric data, treat it so. */
  readonly template: Readonly<Record<string, Float32Array>>
  readonly quality: FaceQuality
}

export interface FaceComparisonAnswer {
  readonly similarity: number
  readonly threshold: number
  readonly falseMatchRate: number
  readonly match: boolean
  /** What rate and threshold were measured on. */
  readonly calibration: string
}

export interface LivenessAnswer {
  /** 0 (attack) to 1 (live); absent when it could not be judged. */
  readonly score?: number
  readonly threshold?: number
  /** Whether it was taken for live; with an advisory detector, whether there is no doubt. */
  readonly live: boolean
  /** As the check `liveness.passive` has it: `ok`, `pad-advisory`, `pad-doubt`, `presentation-attack`, `pad-too-dark`, ... */
  readonly code: string
  /** Against what nobody has measured the detector. */
  readonly unmeasured?: readonly string[]
}

export interface ChallengeAnswer {
  readonly passed: boolean
  readonly code: string
  readonly score: number
  readonly steps: readonly { readonly kind: string; readonly passed: boolean; readonly code: string }[]
}

/** What a challenge-issuing server hands to a phone. `id` is spent by the verification that refers to it. */
export interface IssuedLivenessChallenge extends Challenge {
  readonly id: string
  /** ISO 8601. */
  readonly expiresAt: string
}

/** What a challenge-issuing server hands to a reader, bytes in hex. `id` is spent by the verification that refers to it. */
export interface IssuedChipChallenge {
  readonly id: string
  /** For active authentication: 8 bytes. */
  readonly challenge: string
  /** For chip authentication, where a DG14 was given and offers it. */
  readonly chipAuthentication?: IssuedChipAuthentication
  readonly expiresAt: string
}

export interface IssuedChipAuthentication {
  readonly protocol: string
  readonly keyId?: number
  /** The terminal's ephemeral public key, for the chip: an uncompressed point, or a magnitude. */
  readonly publicKey: string
  /** The command to send after the key change, as it is; the chip's response to it is the evidence. */
  readonly command: string
}

/** What the server knows of a challenge that it issued; the keys stay with it. */
export interface ChipChallenge {
  readonly challenge: ActiveAuthenticationEvidence['challenge']
  readonly chipAuthentication?: Omit<ChipAuthenticationEvidence, 'responseApdu'>
}

export interface Timed<T> {
  readonly answer: T
  readonly timings: Timings
}

/** The public engine: a trust store, models and a pool of workers behind a handful of questions. */
export interface Engine {
  verify(evidence: VerificationEvidence, options?: VerifyOptions): Promise<Verification>
  /** One picture, or several frames of one document, whose evidence adds up (at most `MAX_MRZ_FRAMES`). */
  readMrz(pictures: Uint8Array | readonly Uint8Array[], options?: MrzOptions): Promise<Timed<MrzAnswer>>
  /** Throws the fault `no-face` or `face-too-small` when there is nothing to analyse. */
  analyseFace(picture: Uint8Array, options?: CallOptions): Promise<Timed<FaceAnswer>>
  compareFaces(a: FaceAnswer['template'], b: FaceAnswer['template']): FaceComparisonAnswer
  judgeLiveness(picture: Uint8Array, options?: CallOptions): Promise<Timed<LivenessAnswer>>
  judgeChallenge(
    challenge: Challenge,
    frames: readonly Frame[],
    options?: SessionOptions,
  ): Promise<Timed<ChallengeAnswer>>
  issueLivenessChallenge(): Promise<IssuedLivenessChallenge>
  /** With a chip's DG14, also begins chip authentication; throws `dg14-malformed`. */
  issueChipChallenge(dg14?: Uint8Array): Promise<IssuedChipChallenge>
  /**
   * Takes the challenge back, once, from whom it took `took` ms to answer; throws `challenge-unknown`, `challenge-expired`,
   * `challenge-spent` or `times-impossible`.
   */
  spendLivenessChallenge(id: string, took?: number): Promise<Challenge>
  spendChipChallenge(id: string): Promise<ChipChallenge>
  /** Starts on every thread what would otherwise start with its first picture. A service does so before it is ready. */
  warmUp(): Promise<void>
  /** Reads the trust folder again; running verifications keep the old one. */
  reloadTrust(): Promise<void>
  readonly status: EngineStatus
  /** Waits for what is queued and running, then ends the workers. */
  close(): Promise<void>
}

export interface EngineStatus {
  readonly version: string
  readonly workers: number
  readonly ready: boolean
  readonly queued: Readonly<Record<Lane, number>>
  readonly running: number
  readonly models: Readonly<Record<string, string>>
  readonly trustStore: string
}
