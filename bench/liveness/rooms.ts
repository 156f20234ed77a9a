import type { Light } from '../../src/specimen/person/index.ts'
import { Random } from '../../src/specimen/person/random.ts'

/** Rooms with a smaller number are lit as specimens' are. */
export const OTHER_ROOMS = 2

/** A room's light at random: a lamp to one side, what the other side reflects, and the rest, dim or bright, warm or cool. */
export function lightAtRandom(seed: number): Light {
  const random = new Random(seed)
  const side = random.unit() < 0.5 ? -1 : 1
  const white = (strength: number) =>
    [strength, strength * random.between(0.9, 1), strength * random.between(0.8, 1.04)] as const
  const around = random.between(0.28, 0.5)
  return {
    lamps: [
      {
        direction: [side * random.between(0.5, 1.5), random.between(0.2, 0.9), random.between(0.6, 1.1)],
        colour: white(1),
        strength: random.between(0.55, 0.95),
        castsShadow: true,
      },
      {
        direction: [-side * random.between(0.3, 0.9), random.between(-0.1, 0.3), 1],
        colour: white(1),
        strength: random.between(0.15, 0.45),
        castsShadow: false,
      },
      { direction: [0, -0.2, 1], colour: [0.9, 0.95, 1], strength: random.between(0.08, 0.24), castsShadow: false },
    ],
    sky: white(around),
    ground: white(around * random.between(0.4, 0.7)),
  }
}
