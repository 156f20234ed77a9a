import type { Colour } from '../colour.ts'

/** A lamp far away: direction towards it in the camera's frame (any length), colour, strength. */
export interface Lamp {
  readonly direction: readonly [number, number, number]
  readonly colour: Colour
  readonly strength: number
  readonly castsShadow: boolean
}

/** All light on a scene: lamps, and what comes from all around, from above and from below. */
export interface Light {
  readonly lamps: readonly Lamp[]
  readonly sky: Colour
  readonly ground: Colour
}

/** A photographer's light: a large soft key lamp from the front left, a weaker one from the right. */
export const STUDIO: Light = {
  lamps: [
    { direction: [-0.45, 0.45, 1], colour: [1, 0.98, 0.95], strength: 0.85, castsShadow: true },
    { direction: [0.6, 0.2, 1], colour: [0.95, 0.97, 1], strength: 0.35, castsShadow: false },
  ],
  sky: [0.42, 0.43, 0.45],
  ground: [0.24, 0.21, 0.19],
}

/** A room: a warm lamp from one side (`side` -1 left, 1 right), its reflection from the other, some light of the screen. */
export function roomLight(side: number): Light {
  return {
    lamps: [
      { direction: [side * 1.1, 0.55, 0.85], colour: [1, 0.96, 0.9], strength: 0.8, castsShadow: true },
      { direction: [-side * 0.6, 0.1, 1], colour: [1, 0.93, 0.85], strength: 0.3, castsShadow: false },
      { direction: [0, -0.2, 1], colour: [0.9, 0.95, 1], strength: 0.16, castsShadow: false },
    ],
    sky: [0.4, 0.38, 0.36],
    ground: [0.24, 0.2, 0.18],
  }
}

/** A room in which the screen before the person shines in one colour: the room at half strength, and the screen. */
export function screenLight(room: Light, colour: Colour): Light {
  const lamps = room.lamps.map((lamp) => ({ ...lamp, strength: lamp.strength * 0.5 }))
  return { ...room, lamps: [...lamps, { direction: [0, -0.15, 1], colour, strength: 0.6, castsShadow: false }] }
}
