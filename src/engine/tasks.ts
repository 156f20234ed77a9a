import { Fault, rounded } from '../check/index.ts'
import type { TrustStore } from '../chip/index.ts'
import type { FaceMissing, IdentifiedCalibration } from '../face/index.ts'
import { decodePicture, encodeJpeg2000, type Picture } from '../image/index.ts'
import type { Challenge } from '../liveness/challenge.ts'
import { checkPassive, fingerprints, judgeChallenge, observeFrames, type SessionCaptures } from '../liveness/index.ts'
import { MAX_MRZ_FRAMES, type MrzAnswer, openSecondReader, readDocument, type SecondReader } from '../mrz/index.ts'
import { type Fusion, openModels } from '../onnx/index.ts'
import type { IsCancelled } from '../pool/index.ts'
import type { Frame, VerificationEvidence } from '../verification/evidence.ts'
import { type Instruments, MAX_FRAMES, openInstruments, verify } from '../verification/index.ts'
import type { Policy } from '../verification/policy.ts'
import type { Verification } from '../verification/result.ts'
import { startStopwatch, stoppable } from './stopwatch.ts'
import type { TrustBundle } from './trust-bundle.ts'
import { TrustStores } from './trust-stores.ts'
import type { ChallengeAnswer, FaceAnswer, LivenessAnswer, Timed } from './types.ts'
import { engineVersion } from './version.ts'

/** Fingerprints of the capture, for a session that remembers it. */
interface Noted {
  readonly prints?: Float32Array
}

/** What the engine learns from a thread that is ready. */
export interface ThreadReport {
  readonly models: Readonly<Record<string, string>>
  /** How portrait and capture are compared. */
  readonly fusion: Fusion
}

interface VerificationTask {
  readonly evidence: VerificationEvidence
  readonly at: Date
  readonly policy: Policy
  readonly trust: TrustBundle
  readonly tolerant?: boolean
  readonly earlier?: Float32Array
}

/**
 * The tasks of one worker thread. Its models are opened at once and only once; its trust stores are parsed once each.
 * `pack` is the folder of stronger models, `calibration` the operator's own for faces.
 */
export function createTasks(pack?: string, calibration?: IdentifiedCalibration) {
  const version = engineVersion()
  const stores = new TrustStores()
  const opened = open(pack, calibration)
  // Whoever asks this thread for anything hears of it.
  opened.catch(() => {})
  /** Started by the first who asks for a second opinion. */
  let secondReader: Promise<SecondReader> | undefined

  return {
    async open(_: object): Promise<ThreadReport> {
      const { models, portraitFusion } = await opened
      return { models, fusion: portraitFusion }
    },

    async warmUp(_: object): Promise<void> {
      const instruments = await opened
      const picture = blankPicture()
      await decodePicture(await encodeJpeg2000(picture))
      await instruments.mrz.read(picture)
      await instruments.faces.locate(picture)
    },

    async close(_: object): Promise<void> {
      await (await secondReader?.catch(() => undefined))?.close()
      await (await opened).close()
    },

    /** Parses a trust store and says which it is. */
    async openTrust({ trust }: { trust: TrustBundle }): Promise<TrustStore['id']> {
      return stores.open(trust).id
    },

    async verify(
      { evidence, trust, earlier, ...asked }: VerificationTask,
      isCancelled: IsCancelled,
    ): Promise<Verification & Noted> {
      const instruments = await opened
      const { stage, timings } = startStopwatch(isCancelled)
      const stopping = { ...instruments, faces: stoppable(instruments.faces, isCancelled) }
      const context = { ...asked, trust: stores.open(trust), instruments: stopping, version, stage }
      if (!earlier) return { result: await verify(evidence, context), timings }
      const noted: { prints?: Float32Array } = {}
      const captures: SessionCaptures = {
        earlier,
        note(prints) {
          noted.prints = prints
        },
      }
      return { result: await verify(evidence, { ...context, captures }), timings, ...noted }
    },

    async readMrz(
      { pictures, at, secondOpinion }: { pictures: readonly Uint8Array[]; at: Date; secondOpinion: boolean },
      isCancelled: IsCancelled,
    ): Promise<Timed<MrzAnswer>> {
      const instruments = await opened
      const { stage, timings } = startStopwatch(isCancelled)
      if (pictures.length > MAX_MRZ_FRAMES)
        throw new Fault('frames-too-many', 'too-large', `${MAX_MRZ_FRAMES} frames may be read together`)
      if (secondOpinion) secondReader ??= openSecondReader()
      const second = secondOpinion ? await secondReader : undefined
      const frames = pictures.map((bytes) => () => stage('page-decode', () => decodePicture(bytes)))
      const staged = {
        ...instruments.mrz,
        read: (picture: Picture) => stage('mrz', () => instruments.mrz.read(picture)),
      }
      return { answer: reported(await readDocument(frames, staged, at, second)), timings }
    },

    async analyseFace({ picture }: { picture: Uint8Array }, isCancelled: IsCancelled): Promise<Timed<FaceAnswer>> {
      const { faces } = await opened
      const { stage, timings } = startStopwatch(isCancelled)
      const decoded = await stage('decode', () => decodePicture(picture))
      const analysis = await stage('face', () => faces.analyse(decoded))
      if ('reason' in analysis) throw faceMissing(analysis)
      return { answer: { template: analysis.template, quality: analysis.quality }, timings }
    },

    async judgeLiveness(
      { picture }: { picture: Uint8Array },
      isCancelled: IsCancelled,
    ): Promise<Timed<LivenessAnswer>> {
      const { faces, passive } = await opened
      const { stage, timings } = startStopwatch(isCancelled)
      const decoded = await stage('decode', () => decodePicture(picture))
      if (!passive) return { answer: { live: false, code: 'pad-model-missing' }, timings }
      const geometry = await stage('locate', () => faces.locate(decoded))
      if ('reason' in geometry) return { answer: { live: false, code: geometry.reason }, timings }
      const found = await stage('passive', () =>
        passive.score(decoded, { geometry, quality: faces.measure(decoded, geometry) }),
      )
      const { code } = checkPassive(passive, found)
      if ('reason' in found) return { answer: { live: false, code }, timings }
      const { score, threshold, live } = found
      const { unmeasured } = passive
      return { answer: { score: rounded(score), threshold: rounded(threshold), live, code, unmeasured }, timings }
    },

    async judgeChallenge(
      { challenge, frames, earlier }: { challenge: Challenge; frames: readonly Frame[]; earlier?: Float32Array },
      isCancelled: IsCancelled,
    ): Promise<Timed<ChallengeAnswer> & Noted> {
      const { faces } = await opened
      const { stage, timings } = startStopwatch(isCancelled)
      if (frames.length > MAX_FRAMES)
        throw new Fault('frames-too-many', 'too-large', `a capture may hold ${MAX_FRAMES} frames`)
      const timed = frames.map(({ bytes, time = 0 }) => ({ bytes, time }))
      const { frames: observed } = await stage('capture', () =>
        observeFrames(challenge, timed, stoppable(faces, isCancelled)),
      )
      const { passed, code, score, steps } = judgeChallenge(challenge, observed, faces.compareGlances, earlier)
      const noted = earlier ? { prints: fingerprints(observed) } : {}
      return { answer: { passed, code, score: rounded(score), steps }, timings, ...noted }
    },
  }
}

async function open(pack: string | undefined, calibration: IdentifiedCalibration | undefined): Promise<Instruments> {
  return openInstruments(await openModels(pack === undefined ? {} : { pack }), calibration)
}

export type EngineTasks = ReturnType<typeof createTasks>

/** Scores as they are reported. */
function reported(answer: MrzAnswer): MrzAnswer {
  const frames = answer.frames?.map((frame) =>
    frame.confidence === undefined ? frame : { ...frame, confidence: rounded(frame.confidence) },
  )
  const own = { ...answer, ...(frames ? { frames } : {}) }
  if (!own.found) return own
  const confidences = Object.fromEntries(Object.entries(own.confidences).map(([field, c]) => [field, rounded(c)]))
  const opinion = own.secondOpinion && {
    ...own.secondOpinion,
    agreement: own.secondOpinion.agreement.map(rounded),
  }
  return { ...own, confidence: rounded(own.confidence), confidences, ...(opinion ? { secondOpinion: opinion } : {}) }
}

/** Says nothing, but has to be looked at. */
function blankPicture(): Picture {
  const [width, height] = [640, 480]
  return { width, height, data: new Uint8Array(width * height * 3).fill(200) }
}

function faceMissing({ reason }: FaceMissing): Fault {
  return new Fault(
    reason,
    'unprocessable',
    reason === 'no-face' ? 'the picture shows no face' : 'the face is too small',
  )
}
