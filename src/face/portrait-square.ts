import type { Box } from './analysis.ts'
import { distance, eyeCentres, MESH, meshPoint, midpoint } from './landmarks.ts'

/** In sides of `eyes to chin` and `between the eyes`, fitted to the boxes that BlazeFace gives on many portraits. */
const SIDE = 1
const BELOW_EYES = 0.2

/** The square that BlazeFace would put around a face, from the mesh alone: no detector's habits move it. */
export function portraitSquare(mesh: Float32Array): Box {
  const eyes = midpoint(...eyeCentres(mesh))
  const chin = meshPoint(mesh, MESH.chin)
  const side = SIDE * distance(eyes, chin)
  const centre = { x: eyes.x + (chin.x - eyes.x) * BELOW_EYES, y: eyes.y + (chin.y - eyes.y) * BELOW_EYES }
  return { x: centre.x - side / 2, y: centre.y - side / 2, width: side, height: side }
}
