import { SHAPE_DIALS } from './anatomy/identity.ts'
import { cast } from './cast.ts'
import type { Person, Srgb } from './person.ts'
import { Random } from './random.ts'

/** Beyond, faces become caricatures. */
const MAX_DIAL = 2.4

/** A person at random: dials of their own, the rest put together from the cast, each part from another member and varied. */
export function randomPerson(seed: number): Person {
  const random = new Random(seed)
  const members = cast()
  const of = () => random.pick(members)
  const dial = () => Math.min(Math.max(1.3 * random.normal(), -MAX_DIAL), MAX_DIAL)
  const tint = ([r, g, b]: Srgb, by: number): Srgb => {
    const vary = (value: number) => Math.min(Math.max(value + random.between(-by, by), 0), 255)
    return [vary(r), vary(g), vary(b)]
  }
  const { sex, hair, beard, ageBand } = of()
  const { skin } = of()
  return {
    ...of(),
    id: `random-${seed}`,
    seed,
    sex,
    ageBand,
    shape: Object.fromEntries(SHAPE_DIALS.map((name) => [name, dial()])) as Person['shape'],
    skull: { width: 0.25 * random.normal(), height: 0.4 * random.normal() },
    skin: { ...skin, tone: random.unit() ** 1.15, age: random.unit(), redness: random.unit() },
    hair: { ...hair, colour: tint(hair.colour, 30), volume: random.between(0.6, 1.4), parting: random.between(-1, 1) },
    beard: { ...beard, density: random.between(0.4, 1) },
    brows: { thickness: random.between(0.3, 1.8), density: random.between(0.35, 1), colour: tint(hair.colour, 20) },
    ears: { size: 1 + 0.1 * random.normal(), spread: random.between(0.2, 0.8) },
    clothes: {
      collar: random.pick(['crew', 'v', 'shirt']),
      colour: [random.between(15, 235), random.between(15, 235), random.between(15, 235)],
    },
  }
}
