/** Anything that JSON can hold; what evidence is made of. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }

/** Named facts that explain an outcome. Never images, templates, PINs or keys. */
export type Evidence = { readonly [key: string]: Json }

/** `indeterminate`: it was tried, but what is missing (trust, a readable picture) allows no answer. */
export type Status = 'passed' | 'failed' | 'indeterminate' | 'not_performed'

/** What one check found: its status, a stable machine-readable code (`ok` when passed) and the evidence. */
export interface Outcome {
  readonly status: Status
  readonly code: string
  readonly evidence: Evidence
}

export const passed = (evidence: Evidence = {}): Outcome => ({ status: 'passed', code: 'ok', evidence })

export const failed = (code: string, evidence: Evidence = {}): Outcome => ({ status: 'failed', code, evidence })

export const indeterminate = (code: string, evidence: Evidence = {}): Outcome => ({
  status: 'indeterminate',
  code,
  evidence,
})

export const notPerformed = (code: string, evidence: Evidence = {}): Outcome => ({
  status: 'not_performed',
  code,
  evidence,
})
