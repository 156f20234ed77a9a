import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { poseOf } from '../../src/face/index.ts'
import { posedMesh } from './posed-mesh.ts'

describe('head pose from the mesh', () => {
  const neutral = poseOf(posedMesh())

  it('is near zero for a head that looks into the camera', () => {
    expect(Math.abs(neutral.yaw)).toBeLessThan(1)
    expect(Math.abs(neutral.roll)).toBeLessThan(1)
  })

  it('grows positive to the own left, upwards and leaning to the own left', () => {
    expect(poseOf(posedMesh({ yaw: 25 })).yaw).toBeGreaterThan(20)
    expect(poseOf(posedMesh({ yaw: -25 })).yaw).toBeLessThan(-20)
    expect(poseOf(posedMesh({ pitch: 15 })).pitch - neutral.pitch).toBeGreaterThan(8)
    expect(poseOf(posedMesh({ pitch: -15 })).pitch - neutral.pitch).toBeLessThan(-8)
    expect(poseOf(posedMesh({ roll: 20 })).roll).toBeGreaterThan(15)
  })

  it('follows any turn within a few degrees, whatever the distance', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -35, max: 35, noNaN: true }),
        fc.double({ min: 25, max: 200, noNaN: true }),
        (yaw, distance) => {
          expect(Math.abs(poseOf(posedMesh({ yaw, distance, focal: 13 * distance })).yaw - yaw)).toBeLessThan(6)
        },
      ),
    )
  })

  it('answers even for a mesh in which all points coincide', () => {
    const pose = poseOf(new Float32Array(468 * 3))
    expect(Number.isFinite(pose.yaw) && Number.isFinite(pose.pitch) && Number.isFinite(pose.roll)).toBe(true)
  })
})
