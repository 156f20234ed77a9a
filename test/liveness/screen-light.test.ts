import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Challenge } from '../../src/liveness/index.ts'
import type { Light } from '../../src/liveness/lights.ts'
import type { Reflection } from '../../src/liveness/reflection.ts'
import { codeOf, judge } from './judging.ts'
import { colourAsked, perform, reflectionUnder } from './performer.ts'

describe('a face that is asked to follow the colours of the screen', () => {
  const lit = (...colours: string[]): Challenge => ({
    nonce: '00',
    steps: [
      { kind: 'look-ahead', at: 0 },
      ...colours.map((colour, i) => ({ kind: 'light' as const, colour, at: 900 + 600 * i })),
      { kind: 'look-ahead', at: 900 + 600 * colours.length },
    ],
  })
  const challenge = lit('red', 'blue', 'green')
  const relit = (change: (reflection: Reflection) => Reflection) =>
    perform(challenge).map((frame) => ({ ...frame, reflection: change(frame.reflection!) }))

  it('passes under all colours, whatever camera', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(['red', 'green', 'red'], ['blue', 'red', 'green'], ['green', 'blue', 'red']),
        fc.integer({ min: 60, max: 340 }),
        (colours, interval) => {
          expect(codeOf(perform(lit(...colours), { interval }), lit(...colours))).toBe('ok')
        },
      ),
      { numRuns: 15 },
    )
  })

  it('passes though the camera corrects exposure and white balance with every frame', () => {
    const scaled = (light: Light, i: number): Light => [light[0] * (0.7 + 0.05 * (i % 9)), light[1], light[2] * 1.2]
    const frames = perform(challenge).map((frame, i) => {
      const { face, background, skin } = frame.reflection!
      return { ...frame, reflection: { face: scaled(face, i), background: scaled(background!, i), skin } }
    })
    expect(codeOf(frames, challenge)).toBe('ok')
  })

  it('is refused when the colours come in another order, too late, or not at all', () => {
    for (const other of [lit('blue', 'red', 'green'), lit('red', 'green', 'blue'), lit('green', 'blue', 'red')])
      expect(codeOf(perform(other), challenge)).toBe('light-of-other-colour')
    const late = perform(challenge, { screen: (time) => colourAsked(challenge, time - 700) })
    expect(judge(late, challenge)).toMatchObject({ passed: false, inconclusive: false })
    expect(codeOf(perform(challenge, { screen: () => undefined }), challenge)).toBe('light-not-seen')
  })

  it('is refused when the whole picture takes the colour', () => {
    const tinted = relit(({ face, background, skin }) => ({
      skin,
      face,
      background: face.map((value, c) => (value / [0.4, 0.3, 0.2][c]!) * background![c]!) as unknown as Light,
    }))
    expect(codeOf(tinted, challenge)).toBe('light-not-seen')
  })

  it('is refused when the light falls on the face as on a sheet of paper, or more at its sides than in front', () => {
    for (const relief of [0, -1]) {
      const frames = perform(challenge).map((frame) => ({
        ...frame,
        reflection: reflectionUnder(colourAsked(challenge, frame.time - 120), relief),
      }))
      expect(codeOf(frames, challenge)).toBe('light-without-relief')
    }
  })

  it('is inconclusive where no background is seen, and refused for a colour that no screen has', () => {
    const close = relit(({ face, skin }) => ({ face, background: undefined, skin }))
    expect(judge(close, challenge)).toMatchObject({ code: 'light-not-measured', inconclusive: true })
    expect(codeOf(perform(challenge), lit('red', 'mauve', 'green'))).toBe('light-colour-unknown')
  })
})
