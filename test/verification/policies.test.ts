import { describe, expect, it } from 'vitest'
import { CHECKS } from '../../src/verification/checklist.ts'
import { POLICIES, policyNamed, readPolicy } from '../../src/verification/policies.ts'

describe('shipped policies', () => {
  it.each([
    ['page', 'mrz.found', 'required'],
    ['page', 'document.notExpired', 'reported'],
    ['chip', 'chip.sodSignature', 'required'],
    ['chip', 'chip.revocation', 'veto'],
    ['chip', 'chip.activeAuthentication', 'veto'],
    ['passport', 'document.notExpired', 'required'],
    ['passport', 'document.pageMatchesChip', 'required'],
    ['passport-match', 'face.match', 'required'],
    ['passport-match', 'liveness.challenge', 'reported'],
    ['passport-face', 'liveness.challenge', 'required'],
    ['passport-face', 'liveness.passive', 'veto'],
  ] as const)('%s gives %s the weight %s', (policy, check, weight) => {
    expect(POLICIES[policy]!.checks[check]).toBe(weight)
  })

  it('leaves out what a policy does not look at', () => {
    expect(Object.keys(POLICIES.page!.checks)).toEqual(['mrz.found', 'mrz.checkDigits', 'document.notExpired'])
    expect(Object.keys(POLICIES.chip!.checks).some((check) => check.startsWith('face.'))).toBe(false)
  })

  it('looks at everything by default', () => {
    expect(Object.keys(policyNamed('passport-face').checks).sort()).toEqual([...CHECKS].sort())
  })

  it.each(['', 'constructor', '__proto__', 'Passport'])('knows no policy %j', (name) => {
    expect(() => policyNamed(name)).toThrow(expect.objectContaining({ code: 'policy-unknown', kind: 'usage' }))
  })
})

describe('a policy of one’s own', () => {
  it('is read from JSON', () => {
    const policy = { name: 'desk', checks: { 'chip.sodSignature': 'required', 'face.match': 'reported' } }
    expect(readPolicy(policy)).toEqual(policy)
  })

  it.each([
    [null],
    [[]],
    [{ name: 'x' }],
    [{ name: 'X!', checks: { 'face.match': 'required' } }],
    [{ name: 'chip', checks: { 'face.match': 'required' } }],
    [{ name: 'x', checks: { 'face.match': 'veto' } }],
    [{ name: 'x', checks: { 'face.likeness': 'required' } }],
    [{ name: 'x', checks: { 'face.match': 'optional', 'mrz.found': 'required' } }],
    [{ name: 'x', checks: { 'face.match': 'required' }, chipProof: 'yes' }],
    [{ name: 'x', checks: { 'face.match': 'required' }, extra: 1 }],
  ])('is refused when it is %j', (json) => {
    expect(() => readPolicy(json)).toThrow(expect.objectContaining({ code: 'policy-malformed' }))
  })
})
