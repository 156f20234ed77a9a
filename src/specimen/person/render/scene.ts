import { type Expression, express } from '../anatomy/expression.ts'
import { eyeballSurface, lashSurfaces } from '../anatomy/eyes.ts'
import { FACE_TRIANGLE_NUMBERS, HEAD_TEXTURE, HEAD_TRIANGLES, headPositions } from '../anatomy/head.ts'
import { Material, type Surface, vertexNormals } from '../anatomy/mesh.ts'
import { mouthSurfaces } from '../anatomy/mouth.ts'
import type { Figure } from '../figure.ts'

/** All surfaces of a person with an expression, in the head's frame. */
export function sceneOf(figure: Figure, expression: Expression): Surface[] {
  const { person } = figure
  const face = express(figure.face, expression)
  const positions = headPositions(face, figure.skull)
  const normals = vertexNormals(positions, HEAD_TRIANGLES)
  const part = (triangles: Int32Array, material: Surface['material']): Surface => ({
    mesh: { positions, normals, texture: HEAD_TEXTURE, triangles },
    material,
    carrier: 'head',
    castsShadow: true,
  })
  return [
    part(HEAD_TRIANGLES.subarray(0, FACE_TRIANGLE_NUMBERS), Material.face),
    part(HEAD_TRIANGLES.subarray(FACE_TRIANGLE_NUMBERS), Material.skin),
    ...figure.eyeballs.map((ball) => eyeballSurface(ball, expression.lids)),
    ...mouthSurfaces(face, expression.mouth),
    ...lashSurfaces(face, person.eyes.lashes, expression.lids, person.seed),
    ...figure.surfaces,
  ]
}
