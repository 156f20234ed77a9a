import type { CheckName } from './checklist.ts'

/** `required` must pass; `veto` rejects when failed and is only reported otherwise; `reported` never decides. */
export type Weight = 'required' | 'veto' | 'reported'

/** Which checks decide, as data. A check that is not named is not part of the policy. */
export interface Policy {
  readonly name: string
  readonly checks: Readonly<Partial<Record<CheckName, Weight>>>
  /** A chip that offers a proof that it is no copy must have given one. */
  readonly chipProof?: boolean
}
