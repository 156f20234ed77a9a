import type { FaceGeometry, FaceGlance, FaceMissing } from '../face/index.ts'
import type { PictureSize } from '../image/index.ts'
import type { Reflection } from './reflection.ts'

/** One frame of a performance as the camera saw it. */
export interface ObservedFrame {
  /** In ms from the first frame. */
  readonly time: number
  /** Of the picture, in pixels. */
  readonly size: PictureSize
  readonly face: FaceGeometry | FaceMissing
  /** SHA-256 of the decoded pixels, hex: two equal ones are one picture sent twice. */
  readonly digest: string
  /** Where a face was found. */
  readonly reflection?: Reflection
  /** On chosen frames. */
  readonly glance?: FaceGlance
}

/** A frame that shows a face. */
export interface SeenFrame extends ObservedFrame {
  readonly face: FaceGeometry
}

export function isSeen(frame: ObservedFrame): frame is SeenFrame {
  return !('reason' in frame.face)
}

/** What a part of the judgement finds: `ok`, or the code of the refusal. */
export type Finding = 'ok' | (string & {})

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle]! : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2
}
