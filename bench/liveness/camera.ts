import { eyeDistance, type FaceGeometry, poseOf } from '../../src/face/index.ts'
import type { Picture } from '../../src/image/index.ts'
import type { ObservedFrame } from '../../src/liveness/index.ts'
import type { Light } from '../../src/liveness/lights.ts'
import type { Reflection } from '../../src/liveness/reflection.ts'
import { Random } from '../../src/specimen/person/random.ts'

/** Of its pictures. Small, one sample a pixel: eyes about 40 pixels apart. */
export const SIZE = { width: 240, height: 300 } as const
/** How far a hand strays with a camera, pixels, radians and share, by waves of different length, ms. */
const STRAY = { shift: 2.2, turn: 0.008, nearer: 0.006 }
const WAVES = [1300, 2100, 3700, 5900]
/** Deviation of the sensor's noise in grey levels, and of the exposure from frame to frame. */
const NOISE = 2
const EXPOSURE = 0.01
/** Deviation of the mesh's points between two exposures of one thing, eye distances: measured .002 to .006 together. */
const MESH_NOISE = 0.003

/** A similarity about the middle of the picture. */
export interface Movement {
  readonly cos: number
  readonly sin: number
  readonly x: number
  readonly y: number
}

/** One hand that holds one camera for the time of a recording. */
export class HandheldCamera {
  readonly #phases: readonly number[][]

  constructor(seed: number) {
    const random = new Random(seed)
    this.#phases = [0, 1, 2, 3].map(() => WAVES.map(() => 2 * Math.PI * random.unit()))
  }

  /** Where the hand has strayed to at a time, in ms. */
  at(time: number): Movement {
    const [x, y, turn, nearer] = this.#phases.map((phases) => {
      return phases.reduce((sum, phase, i) => sum + Math.sin((2 * Math.PI * time) / WAVES[i]! + phase), 0) / 2
    })
    const scale = 1 + STRAY.nearer * nearer!
    const angle = STRAY.turn * turn!
    return {
      cos: scale * Math.cos(angle),
      sin: scale * Math.sin(angle),
      x: STRAY.shift * x!,
      y: STRAY.shift * y!,
    }
  }
}

/** What is seen of a frame when the camera has moved, exposed anew: mesh, box and light are moved and made noisy. */
export function moved(frame: ObservedFrame, { cos, sin, x, y }: Movement, exposure: number): ObservedFrame {
  if ('reason' in frame.face) return frame
  const random = new Random(exposure)
  const [cx, cy] = [SIZE.width / 2, SIZE.height / 2]
  const place = (px: number, py: number) => ({
    x: cos * (px - cx) - sin * (py - cy) + cx + x,
    y: sin * (px - cx) + cos * (py - cy) + cy + y,
  })
  const { box } = frame.face
  const scale = Math.hypot(cos, sin)
  const noise = MESH_NOISE * eyeDistance(frame.face.mesh)
  const mesh = Float32Array.from(frame.face.mesh)
  for (let i = 0; i < mesh.length; i += 3) {
    const to = place(mesh[i]!, mesh[i + 1]!)
    mesh[i] = to.x + noise * random.normal()
    mesh[i + 1] = to.y + noise * random.normal()
    mesh[i + 2] = scale * mesh[i + 2]! + noise * random.normal()
  }
  const middle = place(box.x + box.width / 2, box.y + box.height / 2)
  const [width, height] = [scale * box.width, scale * box.height]
  const face: FaceGeometry = {
    ...frame.face,
    mesh,
    pose: poseOf(mesh),
    box: { x: middle.x - width / 2, y: middle.y - height / 2, width, height },
  }
  return { ...frame, face, ...(frame.reflection ? { reflection: exposed(frame.reflection, random) } : {}) }
}

function exposed({ face, background, skin }: Reflection, random: Random): Reflection {
  const gain = 1 + EXPOSURE * random.normal()
  const scaled = (light: Light): Light => [gain * light[0], gain * light[1], gain * light[2]]
  return {
    face: scaled(face),
    background: background && scaled(background),
    skin: skin.map((value) => gain * value * (1 + EXPOSURE * random.normal())),
  }
}

/** The same picture with the noise of a sensor. */
export function withSensorNoise({ width, height, data }: Picture, seed: number): Picture {
  const random = new Random(seed)
  const grain = Float32Array.from({ length: 4093 }, () => NOISE * random.normal())
  let at = 0
  const noisy = data.map((value, i) => {
    if (i % 768 === 0) at = Math.floor(grain.length * random.unit())
    at = at === grain.length - 1 ? 0 : at + 1
    return Math.min(Math.max(Math.round(value + grain[at]!), 0), 255)
  })
  return { width, height, data: noisy }
}
