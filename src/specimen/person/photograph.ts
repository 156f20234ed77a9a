import type { Picture } from '../../image/picture.ts'
import type { Expression } from './anatomy/expression.ts'
import { figureOf } from './figure.ts'
import type { Person } from './person.ts'
import { type Backdrop, paintBackdrop } from './render/backdrop.ts'
import type { Camera } from './render/camera.ts'
import { type Development, develop } from './render/develop.ts'
import { softenEdges } from './render/edges.ts'
import type { Light } from './render/light.ts'
import { type HeadPose, type Place, placeSurface } from './render/pose.ts'
import { rasterise } from './render/rasteriser.ts'
import { sceneOf } from './render/scene.ts'
import { shade } from './render/shading.ts'

/** Everything that a photograph depends on apart from the person. */
export interface Shot {
  readonly camera: Camera
  readonly place: Place
  readonly pose: HeadPose
  readonly expression: Expression
  readonly light: Light
  readonly backdrop: Backdrop
  readonly development: Development
}

/** Takes a photograph of a person. The same person and shot give the same bytes. */
export function photograph(person: Person, shot: Shot): Picture {
  const figure = figureOf(person)
  const { camera, place } = shot
  const surfaces = sceneOf(figure, shot.expression).map((s) => placeSurface(s, shot.pose, place, figure.chin))
  const view = rasterise(camera, surfaces)
  const light = paintBackdrop(camera, shot.backdrop)
  shade(figure, view, shot.light, shot.expression.lids, [place.x, place.y - 2, -place.distance - 6], light)
  softenEdges(view, light)
  return develop(light, camera, shot.development)
}
