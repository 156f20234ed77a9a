import { describe, expect, it } from 'vitest'
import { type FaceGeometry, poseOf } from '../../src/face/index.ts'
import { PATCH_SIDE } from '../../src/face/quality/face-patch.ts'
import { geometryQuality } from '../../src/face/quality/geometry.ts'
import { lightQuality } from '../../src/face/quality/light.ts'
import { sharpness } from '../../src/face/quality/sharpness.ts'
import { type Posing, posedMesh } from './posed-mesh.ts'

const PICTURE = { width: 640, height: 640, data: new Uint8Array(640 * 640 * 3) }

function geometry(posing: Posing, more: Partial<FaceGeometry> = {}): FaceGeometry {
  const mesh = posedMesh(posing)
  return {
    box: { x: 200, y: 200, width: 240, height: 240 },
    score: 0.9,
    mesh,
    pose: poseOf(mesh),
    faces: 1,
    rival: 0,
    ...more,
  }
}

const measure = (posing: Posing, more?: Partial<FaceGeometry>) => geometryQuality(PICTURE, geometry(posing, more))

/** A patch of bars and spots, like eyes and mouth on a face. */
const patch = (of: (x: number, y: number) => number) =>
  Float32Array.from({ length: PATCH_SIDE ** 2 }, (_, i) => of(i % PATCH_SIDE, Math.floor(i / PATCH_SIDE)))
const bars = (x: number, y: number) => 120 + (Math.floor(x / 6) % 2 ? 60 : -60) * (Math.floor(y / 8) % 2 ? 1 : 0.5)

/** Eyes, nostrils and the mouth, about. */
const spots = (x: number, y: number) => (y > 32 && y < 39 && x % 32 < 9) || (y > 70 && y < 75 && x > 36 && x < 60)

function blurred(values: Float32Array, radius: number): Float32Array {
  const at = (x: number, y: number) => values[Math.min(Math.max(y, 0), 95) * PATCH_SIDE + Math.min(Math.max(x, 0), 95)]!
  return patch((x, y) => {
    let sum = 0
    for (let dy = -radius; dy <= radius; dy++) for (let dx = -radius; dx <= radius; dx++) sum += at(x + dx, y + dy)
    return sum / (2 * radius + 1) ** 2
  })
}

describe('quality of geometry', () => {
  it('is high for a frontal face before the camera', () => {
    const { yaw, pitch, roll, singleFace, wholeFace } = measure({})
    for (const value of [yaw, pitch, roll, singleFace, wholeFace]) expect(value).toBeGreaterThan(90)
  })

  it('falls as the head turns, rises or leans, each in its own value', () => {
    expect(measure({ yaw: 40 }).yaw).toBeLessThan(65)
    expect(measure({ pitch: 35 }).pitch).toBeLessThan(80)
    expect(measure({ roll: 45 }).roll).toBeLessThan(60)
    expect(measure({ roll: 45 }).yaw).toBeGreaterThan(90)
  })

  it('falls with the distance of the eyes, another face and a cut', () => {
    expect(measure({ distance: 200 }).eyeDistance).toBeLessThan(measure({ distance: 45 }).eyeDistance)
    expect(measure({}, { rival: 0.8 }).singleFace).toBeCloseTo(20)
    const cropped = geometryQuality({ ...PICTURE, width: 360, height: 360 }, geometry({}))
    expect(cropped.cropRight).toBeLessThan(measure({}).cropRight)
    expect(cropped.marginBelow).toBeLessThan(measure({}).marginBelow)
    expect(cropped.marginAbove).toBe(measure({}).marginAbove)
    expect(measure({}, { box: { x: -120, y: 200, width: 240, height: 240 } }).wholeFace).toBeCloseTo(50)
  })
})

describe('quality of light', () => {
  it('knows dark, glaring and even faces apart', () => {
    const face = lightQuality(patch(bars))
    expect(face.brightness).toBeGreaterThan(90)
    expect(face.evenLight).toBeGreaterThan(60)
    const dark = lightQuality(patch((x, y) => bars(x, y) * 0.08))
    expect(dark.brightness).toBeLessThan(15)
    expect(dark.notUnderexposed).toBeLessThan(20)
    const glaring = lightQuality(patch((x, y) => Math.min(255, bars(x, y) * 4)))
    expect(glaring.notOverexposed).toBeLessThan(30)
    const fromOneSide = lightQuality(patch((x, y) => bars(x, y) * (x < 48 ? 0.3 : 1.2)))
    expect(fromOneSide.evenLight).toBeLessThan(30)
    expect(lightQuality(patch(() => 128)).dynamicRange).toBeCloseTo(0, 1)
  })
})

describe('sharpness', () => {
  it('falls with every blur and does not mind contrast', () => {
    const values = patch((x, y) => 128 + 60 * Math.sin(x / 13) * Math.cos(y / 17) + (spots(x, y) ? -50 : 0))
    const steps = [values, blurred(values, 1), blurred(values, 2), blurred(values, 4)].map(sharpness)
    expect(steps).toEqual([...steps].sort((a, b) => b - a))
    expect(steps[0]).toBeGreaterThan(2 * steps[2]!)
    expect(steps[3]).toBeLessThan(25)
    expect(sharpness(values.map((value) => 100 + value * 0.3))).toBeCloseTo(steps[0]!, 0)
  })
})
