import { Fault } from '../check/index.ts'
import { CHIP_CHECKS } from '../chip/report.ts'
import { CHECKS, type CheckName } from './checklist.ts'
import type { Policy, Weight } from './policy.ts'

type Weights = Readonly<Partial<Record<CheckName, Weight>>>

const weigh = (weight: Weight, ...checks: readonly CheckName[]): Weights =>
  Object.fromEntries(checks.map((check) => [check, weight]))

const MRZ = weigh('required', 'mrz.found', 'mrz.checkDigits')

/** Authenticity is required; a known revocation or a failed proof rejects, their absence does not. */
const CHIP: Weights = {
  ...weigh('required', ...CHIP_CHECKS),
  ...weigh('veto', 'chip.revocation', 'chip.activeAuthentication', 'chip.chipAuthentication'),
}

const PASSPORT: Weights = {
  ...MRZ,
  ...CHIP,
  ...weigh('required', 'document.notExpired', 'document.pageMatchesChip'),
}

const FACE = weigh('required', 'face.portrait', 'face.capture', 'face.match')

/** The policies that ship with Genkend, by name. */
export const POLICIES: Readonly<Record<string, Policy>> = {
  page: { name: 'page', checks: { ...MRZ, ...weigh('reported', 'document.notExpired') } },
  chip: { name: 'chip', checks: { ...CHIP, ...weigh('reported', 'document.notExpired') } },
  passport: { name: 'passport', checks: PASSPORT },
  'passport-match': {
    name: 'passport-match',
    checks: {
      ...PASSPORT,
      ...FACE,
      ...weigh('veto', 'liveness.passive'),
      ...weigh('reported', 'liveness.challenge'),
    },
  },
  'passport-face': {
    name: 'passport-face',
    checks: {
      ...PASSPORT,
      ...FACE,
      ...weigh('veto', 'liveness.passive'),
      ...weigh('required', 'liveness.challenge'),
    },
    chipProof: true,
  },
}

export const DEFAULT_POLICY = 'passport-face'

/** A shipped policy by name. Throws the fault `policy-unknown`. */
export function policyNamed(name: string): Policy {
  const policy = Object.hasOwn(POLICIES, name) ? POLICIES[name] : undefined
  if (!policy) {
    throw new Fault('policy-unknown', 'usage', `no such policy; there are ${Object.keys(POLICIES).join(', ')}`)
  }
  return policy
}

const WEIGHTS: ReadonlySet<unknown> = new Set<Weight>(['required', 'veto', 'reported'])

/** A policy from a stranger's JSON. Throws the fault `policy-malformed`. */
export function readPolicy(json: unknown): Policy {
  const malformed = (what: string) => new Fault('policy-malformed', 'usage', `the policy ${what}`)
  if (typeof json !== 'object' || json === null) throw malformed('is no JSON object')
  const { name, checks, chipProof, ...rest } = json as Record<string, unknown>
  if (Object.keys(rest).length > 0) throw malformed('may hold only name, checks and chipProof')
  if (typeof name !== 'string' || !/^[a-z0-9-]{1,64}$/.test(name)) {
    throw malformed('needs a name of a-z, 0-9 and -, at most 64 characters')
  }
  if (Object.hasOwn(POLICIES, name)) throw malformed('has the name of a shipped policy')
  if (typeof checks !== 'object' || checks === null) throw malformed('needs checks')
  for (const [check, weight] of Object.entries(checks)) {
    if (!(CHECKS as readonly string[]).includes(check)) throw malformed('names a check that does not exist')
    if (!WEIGHTS.has(weight)) throw malformed('weighs a check by none of required, veto, reported')
  }
  if (!Object.values(checks).includes('required')) throw malformed('requires no check at all')
  if (chipProof !== undefined && typeof chipProof !== 'boolean') throw malformed('has a chipProof that is no boolean')
  return { name, checks: checks as Policy['checks'], ...(chipProof === undefined ? {} : { chipProof }) }
}
