import { earSurfaces } from './anatomy/ears.ts'
import type { Eyeball } from './anatomy/expression.ts'
import { eyeballs } from './anatomy/expression.ts'
import { hairSurfaces } from './anatomy/hair.ts'
import { headPositions, type Skull, skullBehind } from './anatomy/head.ts'
import { neutralFace } from './anatomy/identity.ts'
import { CHIN } from './anatomy/landmarks.ts'
import type { Surface } from './anatomy/mesh.ts'
import { Scalp } from './anatomy/scalp.ts'
import { torsoSurfaces } from './anatomy/torso.ts'
import type { Person } from './person.ts'
import type { SkinCanvas } from './skin/canvas.ts'
import { Complexion } from './skin/complexion.ts'
import { paintSkin } from './skin/texture.ts'

/** All of a person that stays the same from picture to picture. Lengths in cm, in the head's frame. */
export interface Figure {
  readonly person: Person
  /** The face at rest, 468 x 3. */
  readonly face: Float64Array
  readonly chin: number
  readonly eyeballs: readonly [Eyeball, Eyeball]
  readonly skull: Skull
  readonly skin: SkinCanvas
  readonly complexion: Complexion
  /** Ears, hair, neck, shoulders and clothes. */
  readonly surfaces: readonly Surface[]
}

const figures = new WeakMap<Person, Figure>()

/** The figure of a person, made once for each person object. */
export function figureOf(person: Person): Figure {
  const known = figures.get(person)
  if (known) return known
  const face = neutralFace(person.shape)
  const skull = skullBehind(face, person.skull)
  const positions = headPositions(face, skull)
  const figure: Figure = {
    person,
    face,
    chin: face[3 * CHIN + 1]!,
    eyeballs: eyeballs(face),
    skull,
    skin: paintSkin(person, face, positions),
    complexion: new Complexion(person),
    surfaces: [
      ...earSurfaces(face, person.ears),
      ...torsoSurfaces(person, face),
      ...hairSurfaces(person, new Scalp(positions, skull)),
    ],
  }
  figures.set(person, figure)
  return figure
}
