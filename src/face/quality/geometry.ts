import type { Picture } from '../../image/index.ts'
import type { FaceGeometry } from '../analysis.ts'
import { distance, eyeCentres, eyeDistance, MESH, meshPoint, midpoint } from '../landmarks.ts'
import { visibleArea } from '../prominence.ts'
import { sigmoid } from './sigmoid.ts'

/**
 * Where the head is and how it is held, each 0 to 100, after the formulas of OFIQ (the reference implementation of
 * ISO/IEC 29794-5). Lengths are measured in T, from the middle of the eyes to the chin.
 */
export function geometryQuality({ width, height }: Picture, { mesh, pose, rival, box }: FaceGeometry) {
  const [right, left] = eyeCentres(mesh)
  const eyes = midpoint(right, left)
  const faceLength = Math.max(distance(eyes, meshPoint(mesh, MESH.chin)), 1)
  const frontal = Math.max(cosine(pose.yaw), 0.1)
  const between = Math.max(eyeDistance(mesh) / frontal, 1)
  return {
    eyeDistance: 100 * sigmoid(between, 70, 20),
    headSize: 200 * (1 - sigmoid(Math.abs(faceLength / height - 0.45), 0, 0.05)),
    yaw: 100 * Math.max(0, cosine(pose.yaw)) ** 2,
    pitch: 100 * Math.max(0, cosine(pose.pitch)) ** 2,
    roll: 100 * Math.max(0, cosine(pose.roll)) ** 2,
    eyesOpen: 100 * sigmoid(eyeOpening(mesh) / faceLength, 0.02, 0.01),
    mouthClosed: 100 * (1 - sigmoid(mouthOpening(mesh) / faceLength, 0.2, 0.06)),
    cropLeft: 100 * sigmoid(Math.min(right.x, left.x) / between, 0.9, 0.1),
    cropRight: 100 * sigmoid((width - Math.max(right.x, left.x)) / between, 0.9, 0.1),
    marginAbove: 100 * sigmoid(eyes.y / faceLength, 1.4, 0.1),
    marginBelow: 100 * sigmoid((height - eyes.y) / faceLength, 1.8, 0.1),
    singleFace: 100 * (1 - Math.min(rival, 1)),
    wholeFace: (100 * visibleArea(box, width, height)) / Math.max(box.width * box.height, 1),
  }
}

/** The distance of the lids at the eye that is more closed. */
function eyeOpening(mesh: Float32Array): number {
  const opening = (lids: readonly number[]) => {
    const [, up1, up2, , low2, low1] = lids.map((index) => meshPoint(mesh, index))
    return (distance(up1!, low1!) + distance(up2!, low2!)) / 2
  }
  return Math.min(opening(MESH.rightEye.lids), opening(MESH.leftEye.lids))
}

function mouthOpening(mesh: Float32Array): number {
  return distance(meshPoint(mesh, MESH.upperLipInner), meshPoint(mesh, MESH.lowerLipInner))
}

function cosine(degrees: number): number {
  return Math.cos((degrees * Math.PI) / 180)
}
