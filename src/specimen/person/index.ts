import type { Picture } from '../../image/picture.ts'
import { linear } from './colour.ts'
import type { Person, Srgb } from './person.ts'
import { photograph } from './photograph.ts'
import { Random } from './random.ts'
import { type Light, roomLight, STUDIO, screenLight } from './render/light.ts'

export { cast } from './cast.ts'
export type { Person } from './person.ts'
export type { Light } from './render/light.ts'

/** Width and height of a picture in pixels. */
export interface Size {
  readonly width: number
  readonly height: number
}

/** What a selfie may differ in. Angles in degrees; where left out, as the person happens to hold the telephone. */
export interface SelfieView extends Partial<Size> {
  /** Positive when the person turns to their own left, -40 to 40. */
  readonly yaw?: number
  /** Positive when they look up, -25 to 25. */
  readonly pitch?: number
  /** Positive when they lean to their own left shoulder. */
  readonly roll?: number
  /** 0 open to 1 closed. */
  readonly lids?: number
  /** 0 closed to 1 open. */
  readonly mouth?: number
  /** 0 to 1. */
  readonly smile?: number
  /** From the camera to the face, cm; 44 where left out, 27 is close. */
  readonly distance?: number
  /** Colour that the screen before the person shines in, sRGB; left out, the room's light alone. */
  readonly screen?: Srgb
  /** The room's own light; where left out, a lamp from one side or the other. */
  readonly light?: Light
  /** Another number gives another room, another hand, another grain. Frames of one video share it. */
  readonly occasion?: number
  /** Which frame of a video: changes the sensor's noise only. */
  readonly frame?: number
}

const AT_REST = { lids: 0, mouth: 0, smile: 0 }
const PORTRAIT_SIZE: Size = { width: 480, height: 600 }
const SELFIE_SIZE: Size = { width: 480, height: 600 }
/** Focal lengths as a share of the picture's height: the head fills two thirds of a portrait. */
const PORTRAIT_FOCAL = 3.3
const PORTRAIT_DISTANCE_CM = 120
const SELFIE_FOCAL = 0.92
const SELFIE_DISTANCE_CM = 44

/** A portrait as a document shows it: neutral, from the front, before a plain light wall. */
export function renderPortrait(person: Person, { width, height }: Size = PORTRAIT_SIZE): Picture {
  return photograph(person, {
    camera: { width, height, focal: PORTRAIT_FOCAL * height },
    place: { x: 0, y: -1.2, distance: PORTRAIT_DISTANCE_CM },
    pose: { yaw: 0, pitch: 0, roll: 0 },
    expression: AT_REST,
    light: STUDIO,
    backdrop: { kind: 'plain' },
    development: { balance: [1, 1, 1], blur: 0, noise: 1.2, seed: person.seed },
  })
}

/** A selfie as a telephone takes it: at arm's length, in a room, with some noise. */
export function renderSelfie(person: Person, view: SelfieView = {}): Picture {
  const { width = SELFIE_SIZE.width, height = SELFIE_SIZE.height, occasion = 0 } = view
  const random = new Random(person.seed * 3 + 1 + occasion * 7919)
  const usual = roomLight(random.unit() < 0.5 ? -1 : 1)
  const room = view.light ?? usual
  const hand = {
    y: -0.8 + random.between(-0.6, 0.6),
    x: random.between(-1, 1),
    yaw: random.between(-5, 5),
    pitch: random.between(-4, 5),
    roll: random.between(-4, 4),
  }
  return photograph(person, {
    camera: { width, height, focal: SELFIE_FOCAL * height },
    place: { x: hand.x, y: hand.y, distance: view.distance ?? SELFIE_DISTANCE_CM },
    pose: { yaw: view.yaw ?? hand.yaw, pitch: view.pitch ?? hand.pitch, roll: view.roll ?? hand.roll },
    expression: { lids: view.lids ?? 0, mouth: view.mouth ?? 0, smile: view.smile ?? 0 },
    light: view.screen ? screenLight(room, linear(view.screen)) : room,
    backdrop: { kind: 'room', seed: person.seed + occasion },
    development: {
      balance: [1.03, 1, 0.95],
      blur: (0.4 * height) / SELFIE_SIZE.height,
      noise: 3,
      seed: person.seed + 1000 * (occasion + 1) + (view.frame ?? 0),
    },
  })
}
