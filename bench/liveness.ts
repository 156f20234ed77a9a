import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createFaceAnalyser } from '../src/face/index.ts'
import { judgeChallenge } from '../src/liveness/index.ts'
import { openModels } from '../src/onnx/index.ts'
import { ATTACKS, type Means, type Presented } from './liveness/attacks.ts'
import { gather } from './liveness/ensemble.ts'
import { Observer } from './liveness/footage.ts'
import { benchPassive } from './liveness/passive.ts'
import { type Recording, recordSession } from './liveness/recording.ts'
import { collectStills } from './liveness/stills.ts'
import { Studio } from './liveness/studio.ts'
import { attackRates, describeProportion, type Presentation } from './rates/index.ts'
import { machine, table } from './report.ts'

export interface LivenessOptions {
  /** Presentations of each kind. */
  readonly count?: number
  /** Only kinds whose name contains this; `genuine` for the bona fide ones, `passive` for the detector of single pictures alone. */
  readonly kind?: string
  /** Which set of presentations: 0 is the one that thresholds were chosen on, every other number one of its own. */
  readonly set?: number
  /** Where rendered views are kept for the next run. */
  readonly views?: string
  /** The index of a collection of photographs, an object whose keys are paths: what attackers print. */
  readonly photographs?: string
  /** Real presentations for the detector of single pictures, as `benchPassive` reads them. */
  readonly collection?: string
}

const GENUINE = 'genuine'
const PASSIVE = 'passive'
const WHAT_IS_NOT_MEASURED =
  'Not measured: real people, cameras, rooms and screens; replay on a real screen, masks, face exchange in real time,\n' +
  'screen light that an attacker models on a face in space; differences between groups of people.'

/**
 * Claim: who does what the server asks passes, and pictures, puppets and recordings of people do not.
 *
 * ISO/IEC 30107-3: every fictitious person performs in rooms lit from either side, before a hand-held camera, as
 * differing nonces ask; each attack is made that often from the same persons, and from photographs where there are any.
 * Judged with the default models at 240 x 300 pixels. Then the passive detector, on single pictures: `benchPassive`.
 */
export async function benchLiveness(options: LivenessOptions = {}): Promise<string> {
  const passive = PASSIVE.includes(options.kind ?? '') ? await benchPassive(options) : ''
  return options.kind === PASSIVE ? passive : `${await benchChallenges(options)}\n\n${passive}`.trimEnd()
}

async function benchChallenges(options: LivenessOptions): Promise<string> {
  const { count = 500, kind = '', set = 0, views = join(tmpdir(), 'genkend-views'), photographs } = options
  const studio = new Studio(views)
  const models = await openModels()
  const faces = createFaceAnalyser(models)
  const observer = new Observer(faces, views)
  const ensemble = await gather(set, studio, faces)
  const recordings = new Map<number, Recording>()
  const means: Means = {
    studio,
    persons: ensemble.persons,
    observe: (challenge, takes) => observer.observe(challenge, takes),
    stills: await collectStills(ensemble, studio, faces, photographs ?? '../shared/data/face/files.json'),
    genuine(session) {
      const recording = recordings.get(session) ?? recordSession(studio, ensemble, session)
      recordings.set(session, recording)
      return recording
    },
  }

  const results: (Presentation & { readonly code: string })[] = []
  const present = async (attack: string | undefined, make: (number: number) => Presented | Promise<Presented>) => {
    if (!(attack ?? GENUINE).includes(kind)) return
    for (let number = 0; number < count; number++) {
      const { challenge, takes } = await make(ensemble.firstSession + number)
      const { passed, code, inconclusive } = judgeChallenge(
        challenge,
        await observer.observe(challenge, takes),
        faces.compareGlances,
      )
      const decision = passed ? 'accepted' : inconclusive ? 'no-response' : 'refused'
      results.push({ attack, decision, code })
    }
  }
  await present(undefined, means.genuine)
  for (const [name, make] of Object.entries(ATTACKS)) await present(name, (number) => make(means, number))
  return describe(results, means.stills.length)
}

function describe(results: readonly (Presentation & { readonly code: string })[], stills: number): string {
  const { attackAcceptance, bonaFideRefusal, bonaFideNonResponse } = attackRates(results)
  const codes = (attack: string | undefined) => {
    const counts = new Map<string, number>()
    for (const one of results) if (one.attack === attack) counts.set(one.code, (counts.get(one.code) ?? 0) + 1)
    return [...counts].toSorted((a, b) => b[1] - a[1]).map(([code, count]) => `${code} ${count}`)
  }
  const rows = Object.entries(attackAcceptance).map(([kind, rate]) => [
    kind,
    describeProportion(rate),
    codes(kind).slice(0, 3).join(', '),
  ])
  return [
    machine(),
    `${stills} stills for pictures and puppets`,
    `BPCER ${describeProportion(bonaFideRefusal)}, no answer ${describeProportion(bonaFideNonResponse)}`,
    `       ${codes(undefined).join(', ')}`,
    table(['attack', 'APCER (95 % bounds)', 'found by'], rows),
    WHAT_IS_NOT_MEASURED,
  ].join('\n')
}
