import type { ChipEvidence } from '../chip/report.ts'
import type { Challenge } from '../liveness/challenge.ts'

/** One capture: an encoded picture and, in a challenge, its time in ms from the first frame. */
export interface Frame {
  readonly bytes: Uint8Array
  readonly time?: number
}

/** Everything a caller hands over for one verification; any part may be missing. All bytes are a stranger's. */
export interface VerificationEvidence {
  /** The caller's identifier; derived from the evidence when absent. */
  readonly id?: string
  /** The data page: JPEG, PNG or WebP. */
  readonly page?: Uint8Array
  readonly chip?: ChipEvidence
  /** One selfie, or the frames of a challenge in order. */
  readonly selfie?: readonly Frame[]
  /** The challenge that the frames answer, vouched for by whoever issued it. */
  readonly challenge?: Challenge
}
