import type { CheckName } from './checklist.ts'
import type { Policy } from './policy.ts'
import type { CheckResult, Verdict } from './result.ts'

const PROOFS: readonly CheckName[] = ['chip.activeAuthentication', 'chip.chipAuthentication']

/**
 * Weighs the checks by the policy.
 *
 * Rejected: a required or veto check failed. Undecided: none did, but a required one has no answer, or the chip
 * offers a proof that it is no copy, the policy wants it and none was given. Accepted: everything required passed.
 */
export function decide(
  policy: Policy,
  checks: readonly CheckResult[],
  chipOffersProof: boolean,
): { readonly verdict: Verdict; readonly reasons: readonly string[] } {
  const weight = (check: CheckResult) => policy.checks[check.check]
  const rejecting = checks.filter((check) => check.status === 'failed' && weight(check) !== 'reported')
  const missing = checks.filter((check) => weight(check) === 'required' && isOpen(check))
  if (policy.chipProof && chipOffersProof) missing.push(...missingProofs(checks))

  const against = new Set([...rejecting, ...missing])
  return {
    verdict: rejecting.length > 0 ? 'rejected' : missing.length > 0 ? 'undecided' : 'accepted',
    reasons: checks.filter((check) => against.has(check)).map(({ check, code }) => `${check}/${code}`),
  }
}

const isOpen = ({ status }: CheckResult) => status === 'indeterminate' || status === 'not_performed'

/** What became of the proofs that the chip offers, when none passed. */
function missingProofs(checks: readonly CheckResult[]): readonly CheckResult[] {
  const proofs = checks.filter(({ check }) => PROOFS.includes(check))
  if (proofs.some(({ status }) => status === 'passed')) return []
  return proofs.filter(({ code }) => code !== 'chip-proof-not-offered')
}
