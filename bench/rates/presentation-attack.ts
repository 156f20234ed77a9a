import { exactProportion, type Proportion } from '../../src/check/index.ts'

/** What a detector said of one presentation. */
export interface Presentation {
  /** The attack's kind (presentation attack instrument species), or `undefined` for a bona fide presentation. */
  readonly attack?: string | undefined
  /** `accepted`: classified as bona fide; `refused`: as an attack; `no-response`: not classified at all. */
  readonly decision: 'accepted' | 'refused' | 'no-response'
}

/** Error rates of presentation attack detection in the terms of ISO/IEC 30107-3, with exact 95 % bounds. */
export interface AttackRates {
  /** APCER of each kind of attack: accepted, of all its presentations. */
  readonly attackAcceptance: Readonly<Record<string, Proportion>>
  /** The kind with the highest APCER: what is to be reported as the detector's. `undefined` without attacks. */
  readonly worst: Proportion | undefined
  /** BPCER: bona fide presentations that were refused. */
  readonly bonaFideRefusal: Proportion
  /** BPNRR: bona fide presentations that got no answer. */
  readonly bonaFideNonResponse: Proportion
}

export function attackRates(presentations: readonly Presentation[]): AttackRates {
  const shareOf = (set: readonly Presentation[], decision: Presentation['decision']) =>
    exactProportion(set.filter((one) => one.decision === decision).length, set.length)
  const kinds = [...new Set(presentations.flatMap(({ attack }) => attack ?? []))].sort()
  const attackAcceptance = Object.fromEntries(
    kinds.map((kind) => [
      kind,
      shareOf(
        presentations.filter(({ attack }) => attack === kind),
        'accepted',
      ),
    ]),
  )
  const bonaFide = presentations.filter(({ attack }) => attack === undefined)
  return {
    attackAcceptance,
    worst: Object.values(attackAcceptance).toSorted((a, b) => b.rate - a.rate)[0],
    bonaFideRefusal: shareOf(bonaFide, 'refused'),
    bonaFideNonResponse: shareOf(bonaFide, 'no-response'),
  }
}
