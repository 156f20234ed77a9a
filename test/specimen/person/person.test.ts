import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { Picture } from '../../../src/image/picture.ts'
import { SHAPE_DIALS } from '../../../src/specimen/person/anatomy/identity.ts'
import { cast, renderPortrait, renderSelfie } from '../../../src/specimen/person/index.ts'

const small = { width: 120, height: 150 }
const [first, second] = [cast()[0]!, cast()[1]!]
const ahead = { ...small, yaw: 0, pitch: 0, roll: 0 }

/** Mean difference of two pictures in grey levels. */
function difference(a: Picture, b: Picture): number {
  return a.data.reduce((sum, value, i) => sum + Math.abs(value - b.data[i]!), 0) / a.data.length
}

/** Column and row about which the difference of two pictures lies. */
function middleOfChange(a: Picture, b: Picture): { x: number; y: number } {
  let [sum, x, y] = [0, 0, 0]
  for (let i = 0; i < a.data.length; i++) {
    const change = Math.abs(a.data[i]! - b.data[i]!)
    if (change < 40) continue
    const pixel = Math.floor(i / 3)
    sum += change
    x += change * (pixel % a.width)
    y += change * Math.floor(pixel / a.width)
  }
  return { x: x / sum, y: y / sum }
}

describe('the cast', () => {
  it('holds at least eight persons of both sexes, three ages and light to dark skin', () => {
    expect(cast().length).toBeGreaterThanOrEqual(8)
    expect(new Set(cast().map((p) => p.id)).size).toBe(cast().length)
    expect(new Set(cast().map((p) => p.surname)).size).toBe(cast().length)
    const women = cast().filter((p) => p.sex === 'F').length
    expect(Math.abs(2 * women - cast().length)).toBeLessThanOrEqual(2)
    expect(new Set(cast().map((p) => p.ageBand))).toEqual(new Set(['young', 'middle', 'older']))
    expect(cast().some((p) => p.skin.tone < 0.2)).toBe(true)
    expect(cast().some((p) => p.skin.tone > 0.8)).toBe(true)
  })

  it('has every dial set and none turned to caricature', () => {
    for (const person of cast()) {
      expect(Object.keys(person.shape).sort()).toEqual([...SHAPE_DIALS].sort())
      for (const value of Object.values(person.shape)) expect(Math.abs(value)).toBeLessThanOrEqual(2.7)
      expect(person.birthDate).toMatch(/^\d{4}-\d{2}-\d{2}$/)
      expect(['bald', 'buzz', 'short', 'side', 'curly', 'bun', 'bob', 'long']).toContain(person.hair.style)
      expect(['none', 'stubble', 'moustache', 'goatee', 'full']).toContain(person.beard.style)
      expect(['crew', 'v', 'shirt']).toContain(person.clothes.collar)
    }
  })
})

describe('a picture of a person', () => {
  it('is the same bytes every time, and has the size asked for', () => {
    const picture = renderSelfie(first, small)
    expect([picture.width, picture.height, picture.data.length]).toEqual([120, 150, 3 * 120 * 150])
    // A copy of the parameters is painted anew.
    expect(renderSelfie(structuredClone(first), small).data).toEqual(picture.data)
  })

  it('differs from person to person, and between frames by the sensor noise alone', () => {
    expect(difference(renderPortrait(first, small), renderPortrait(second, small))).toBeGreaterThan(8)
    const frame = difference(renderSelfie(first, ahead), renderSelfie(first, { ...ahead, frame: 1 }))
    expect(frame).toBeGreaterThan(0.5)
    expect(frame).toBeLessThan(6)
  })

  it("carries the mouth to the picture's right when the person turns to their own left, and down when they look down", () => {
    const mouthAt = (pose: { yaw?: number; pitch?: number }) => {
      const view = { ...ahead, ...pose }
      return middleOfChange(renderSelfie(first, view), renderSelfie(first, { ...view, mouth: 1 }))
    }
    expect(mouthAt({ yaw: 25 }).x).toBeGreaterThan(mouthAt({}).x + 4)
    expect(mouthAt({ yaw: -25 }).x).toBeLessThan(mouthAt({}).x - 4)
    expect(mouthAt({ pitch: 15 }).y).toBeLessThan(mouthAt({ pitch: -15 }).y - 4)
  })

  it('closes the eyes and opens the mouth where eyes and mouth are', () => {
    const open = renderSelfie(first, ahead)
    const blink = middleOfChange(open, renderSelfie(first, { ...ahead, lids: 1 }))
    const speech = middleOfChange(open, renderSelfie(first, { ...ahead, mouth: 1 }))
    expect(blink.y).toBeLessThan(speech.y)
    expect(Math.abs(blink.x - speech.x)).toBeLessThan(12)
  })
})

describe('the fixtures', () => {
  it('are small', () => {
    const folder = new URL('../../fixtures/persons/', import.meta.url)
    const names = readdirSync(folder)
    expect(names.length).toBeGreaterThanOrEqual(8)
    for (const name of names) expect(readFileSync(new URL(name, folder)).length, name).toBeLessThan(25_000)
  })
})
