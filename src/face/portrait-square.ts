import type { Box } from './analysis.ts'
import { distance, eyeCentres, MESH, meshPoint, midpoint } from './landmarks.ts'

/** The side, in lengths from the eyes to the chin, and the centre, on the way from the eyes to the mouth. */
const SIDE = 1.27
const BELOW_EYES = 0.53

/** About the square that BlazeFace puts around a face, from the mesh alone: no detector's habits move it. */
export function portraitSquare(mesh: Float32Array): Box {
  const eyes = midpoint(...eyeCentres(mesh))
  const mouth = midpoint(meshPoint(mesh, MESH.mouthRight), meshPoint(mesh, MESH.mouthLeft))
  const width = distance(meshPoint(mesh, MESH.rightEye.outer), meshPoint(mesh, MESH.leftEye.outer))
  const side = SIDE * Math.max(distance(eyes, meshPoint(mesh, MESH.chin)), width)
  const x = eyes.x + BELOW_EYES * (mouth.x - eyes.x)
  const y = eyes.y + BELOW_EYES * (mouth.y - eyes.y)
  return { x: x - side / 2, y: y - side / 2, width: side, height: side }
}
