import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Status } from '../../src/check/index.ts'
import { CHECKS, type CheckName } from '../../src/verification/checklist.ts'
import { POLICIES } from '../../src/verification/policies.ts'
import type { CheckResult } from '../../src/verification/result.ts'
import { decide } from '../../src/verification/verdict.ts'

const policy = POLICIES['passport-face']!
const all = (status: Status, code = 'ok'): CheckResult[] =>
  CHECKS.map((check) => ({ check, status, code, evidence: {} }))
const but = (checks: CheckResult[], check: CheckName, status: Status, code: string) =>
  checks.map((each) => (each.check === check ? { ...each, status, code } : each))

describe('decide', () => {
  it('accepts when everything passed', () => {
    expect(decide(policy, all('passed'), true)).toEqual({ verdict: 'accepted', reasons: [] })
  })

  it('rejects on a failed required check and names it', () => {
    const checks = but(all('passed'), 'chip.sodSignature', 'failed', 'sod-signature-wrong')
    expect(decide(policy, checks, true)).toEqual({
      verdict: 'rejected',
      reasons: ['chip.sodSignature/sod-signature-wrong'],
    })
  })

  it('rejects on a failed veto, but shrugs at one that has no answer', () => {
    expect(decide(policy, but(all('passed'), 'chip.revocation', 'failed', 'revoked'), true).verdict).toBe('rejected')
    expect(decide(policy, but(all('passed'), 'chip.revocation', 'indeterminate', 'no-crl'), true).verdict).toBe(
      'accepted',
    )
  })

  it('never decides on what is only reported', () => {
    const checks = but(all('passed'), 'document.notExpired', 'failed', 'expired')
    expect(decide(POLICIES.chip!, checks, false).verdict).toBe('accepted')
  })

  it('is undecided when a required check has no answer, and rejected when another failed beside it', () => {
    const open = but(all('passed'), 'face.capture', 'indeterminate', 'too-dark')
    expect(decide(policy, open, true)).toEqual({ verdict: 'undecided', reasons: ['face.capture/too-dark'] })
    const both = but(open, 'face.match', 'failed', 'no-match')
    expect(decide(policy, both, true)).toEqual({
      verdict: 'rejected',
      reasons: ['face.capture/too-dark', 'face.match/no-match'],
    })
  })

  it('wants one proof that the chip is no copy, when the chip offers it', () => {
    const one = but(all('passed'), 'chip.activeAuthentication', 'not_performed', 'chip-proof-missing')
    expect(decide(policy, one, true).verdict).toBe('accepted')
    const none = but(one, 'chip.chipAuthentication', 'not_performed', 'chip-proof-missing')
    expect(decide(policy, none, true)).toEqual({
      verdict: 'undecided',
      reasons: ['chip.activeAuthentication/chip-proof-missing', 'chip.chipAuthentication/chip-proof-missing'],
    })
    expect(decide(policy, none, false).verdict).toBe('accepted')
    const onlyActive = but(one, 'chip.chipAuthentication', 'not_performed', 'chip-proof-not-offered')
    expect(decide(policy, onlyActive, true).reasons).toEqual(['chip.activeAuthentication/chip-proof-missing'])
  })

  it('accepts only when every required check passed, and gives a reason for anything else', () => {
    const status = fc.constantFrom<Status>('passed', 'failed', 'indeterminate', 'not_performed')
    const statuses = fc.array(status, { minLength: CHECKS.length, maxLength: CHECKS.length })
    fc.assert(
      fc.property(statuses, fc.constantFrom(...Object.values(POLICIES)), fc.boolean(), (drawn, anyPolicy, offers) => {
        const checks = CHECKS.map((check, i) => ({ check, status: drawn[i]!, code: 'x', evidence: {} })).filter(
          ({ check }) => anyPolicy.checks[check],
        )
        const { verdict, reasons } = decide(anyPolicy, checks, offers)
        const required = checks.filter(({ check }) => anyPolicy.checks[check] === 'required')
        if (verdict === 'accepted') expect(required.every((check) => check.status === 'passed')).toBe(true)
        expect(reasons.length === 0).toBe(verdict === 'accepted')
      }),
    )
  })
})
