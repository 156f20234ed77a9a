/** What a person can be asked to do. */
export type StepKind =
  | 'turn-left'
  | 'turn-right'
  | 'look-up'
  | 'look-down'
  | 'look-ahead'
  | 'blink'
  | 'come-closer'
  | 'light'

/** One thing that was asked: what, and when, in ms from the first frame. `left` and `right` are the person's own. */
export interface ChallengeStep {
  readonly kind: StepKind
  readonly at: number
  readonly colour?: string
}

/** A challenge as its issuer chose it. */
export interface Challenge {
  /** Hex. */
  readonly nonce: string
  readonly steps: readonly ChallengeStep[]
}
