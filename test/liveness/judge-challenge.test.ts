import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { poseOf } from '../../src/face/index.ts'
import type { Challenge, ObservedFrame, StepKind } from '../../src/liveness/index.ts'
import { chooseKeyFrames } from '../../src/liveness/key-frames.ts'
import { posedMesh } from '../face/posed-mesh.ts'
import { codeOf, judge, LEFT_THEN_RIGHT } from './judging.ts'
import { challengeOf, frameOf, type Manner, perform } from './performer.ts'

const asked = (kind: StepKind): Challenge => ({
  nonce: '00',
  steps: [
    { kind: 'look-ahead', at: 0 },
    { kind, at: 1000 },
    { kind: 'look-ahead', at: 2600 },
  ],
})

describe('a person who does what is asked', () => {
  it('passes, step by step', () => {
    const judgement = judge(perform(LEFT_THEN_RIGHT))
    expect(judgement).toMatchObject({ passed: true, code: 'ok', score: 1, inconclusive: false })
    expect(judgement.steps.map(({ kind, passed }) => [kind, passed])).toEqual(
      LEFT_THEN_RIGHT.steps.map(({ kind }) => [kind, true]),
    )
  })

  it('passes whatever the nonce asked, quick or slow, with any camera', () => {
    const manner: fc.Arbitrary<Manner> = fc.record({
      interval: fc.integer({ min: 80, max: 200 }),
      reaction: fc.integer({ min: 200, max: 600 }),
      movement: fc.integer({ min: 400, max: 650 }),
      turn: fc.integer({ min: 22, max: 38 }),
    })
    fc.assert(
      fc.property(fc.nat(), manner, (number, how) => {
        const challenge = challengeOf(number)
        expect(codeOf(perform(challenge, how), challenge)).toBe('ok')
      }),
      { numRuns: 25 },
    )
  })

  it.each(['look-up', 'look-down', 'come-closer'] as const)('passes when asked to %s', (kind) => {
    expect(codeOf(perform(asked(kind)), asked(kind))).toBe('ok')
  })

  it('may blink when asked, and is not believed when the eyes stay open or shut', () => {
    const challenge = asked('blink')
    const open = perform(challenge, { noise: 0.1 })
    const closeBetween = (from: number, to: number) =>
      open.map((frame) => (frame.time >= from && frame.time <= to ? withClosedLids(frame) : frame))
    expect(codeOf(closeBetween(1400, 1600), challenge)).toBe('ok')
    expect(codeOf(open, challenge)).toBe('blink-not-seen')
    expect(codeOf(closeBetween(1400, 9000), challenge)).toBe('eyes-stayed-closed')
  })
})

describe('an answer to another challenge', () => {
  it('is refused for the order of its turns', () => {
    const other = {
      ...LEFT_THEN_RIGHT,
      steps: LEFT_THEN_RIGHT.steps.map((step) => ({ ...step, kind: OPPOSITE[step.kind] ?? step.kind })),
    }
    expect(judge(perform(other))).toMatchObject({ passed: false, code: 'turned-the-wrong-way', inconclusive: false })
  })

  it('is refused when a recording answers another nonce', () => {
    const recordings = Array.from({ length: 60 }, (_, i) => perform(challengeOf(i), { interval: 200 }))
    const accepted = recordings.filter((frames, i) => judge(frames, challengeOf(i + 1000)).passed)
    expect(accepted.length).toBeLessThanOrEqual(5)
  })

  it('is refused when the head turns before it was asked', () => {
    const early = {
      ...LEFT_THEN_RIGHT,
      steps: LEFT_THEN_RIGHT.steps.map((s) => ({ ...s, at: Math.max(0, s.at - 900) })),
    }
    expect(judge(perform(early)).passed).toBe(false)
  })

  it('is refused when nothing moves', () => {
    expect(codeOf(perform(LEFT_THEN_RIGHT, { turn: 0 }))).toBe('turn-not-seen')
  })
})

describe('what is no recording of one live head', () => {
  const genuine = perform(LEFT_THEN_RIGHT)

  it('is refused when a face is exchanged half-way', () => {
    expect(codeOf(perform(LEFT_THEN_RIGHT, { who: (time) => (time < 3000 ? 1 : 2) }))).toBe('face-changed')
  })

  it('is refused when a face is exchanged between key frames, whenever it is', () => {
    const keys = chooseKeyFrames(LEFT_THEN_RIGHT, genuine).map((i) => genuine[i]!.time)
    for (let start = 150; start < 5700; start += 150) {
      const isOther = (time: number) => time >= start && time < start + 450 && !keys.includes(time)
      expect(codeOf(perform(LEFT_THEN_RIGHT, { who: (time) => (isOther(time) ? 2 : 1) }))).toBe('face-changed')
    }
  })

  it('is refused when frames are repeated, reordered, or bear times that do not grow', () => {
    const repeated = genuine.map((frame, i) => (i === 9 ? { ...frame, digest: genuine[8]!.digest } : frame))
    expect(codeOf(repeated)).toBe('frames-repeated')
    const reordered = [...genuine]
    ;[reordered[5], reordered[6]] = [reordered[6]!, reordered[5]!]
    expect(codeOf(reordered)).toBe('frames-not-in-order')
    expect(codeOf(genuine.map((frame) => ({ ...frame, time: 0 })))).toBe('frames-not-in-order')
    expect(codeOf(genuine.map((frame) => ({ ...frame, time: Number.NaN })))).toBe('frames-not-in-order')
  })

  it('is refused when frames come twice, though encoded anew', () => {
    const encodedAnew = ({ time, ...frame }: ObservedFrame, at: number): ObservedFrame =>
      'reason' in frame.face
        ? { ...frame, time: at }
        : {
            ...frame,
            time: at,
            digest: `${time} anew at ${at}`,
            face: { ...frame.face, mesh: frame.face.mesh.map((v) => v + 0.05) },
          }
    const halves = genuine.map((frame, i) => (i % 2 === 0 ? frame : encodedAnew(genuine[i - 1]!, frame.time)))
    expect(judge(halves).code).toBe('frames-repeated')

    const twice: Challenge = {
      nonce: '00',
      steps: LEFT_THEN_RIGHT.steps.map((step) => (step.kind === 'turn-right' ? { ...step, kind: 'turn-left' } : step)),
    }
    const turns = perform(twice)
    const looped = turns.map((frame) => {
      const first = turns.find(({ time }) => time === frame.time - 2550)
      return frame.time >= 3600 && first ? encodedAnew(first, frame.time) : frame
    })
    expect(codeOf(turns, twice)).toBe('ok')
    expect(codeOf(looped, twice)).toBe('frames-repeated')
  })

  it('is refused when frames change places', () => {
    const whole = genuine.slice(0, 4 * Math.floor(genuine.length / 4))
    const shuffled = whole.map(({ time }, i) => ({ ...whole[i + [2, 0, 1, -3][i % 4]!]!, time }))
    expect(['movement-jerky', 'movement-impossible']).toContain(codeOf(shuffled))
  })

  it('is refused when stills of poses are exchanged for one another', () => {
    expect(codeOf(perform(LEFT_THEN_RIGHT, { movement: 1 }))).toBe('way-not-seen')
  })

  it('is refused when a flat picture is turned, even if it seems to turn like a head', () => {
    const flat = perform(LEFT_THEN_RIGHT).map((frame) => {
      if ('reason' in frame.face) return frame
      const { pose } = frame.face
      const mesh = posedMesh({ yaw: pose.yaw, depth: 0, noise: 0.3, seed: frame.time })
      return { ...frame, face: { ...frame.face, mesh, pose } }
    })
    expect(codeOf(flat)).toBe('face-flat')
  })

  it('is refused when the head leaps through the picture', () => {
    const leaping = genuine.map((frame, i) => {
      if ('reason' in frame.face || i !== 12) return frame
      return { ...frame, face: { ...frame.face, box: { ...frame.face.box, x: frame.face.box.x + 2000 } } }
    })
    expect(codeOf(leaping)).toBe('movement-impossible')
  })

  it('is refused when the perspective of coming closer is missing', () => {
    const enlarged = perform(asked('come-closer')).map((frame) => {
      if ('reason' in frame.face) return frame
      const near = frame.time > 1700 && frame.time < 2800
      const mesh = posedMesh({ noise: 0.3, seed: frame.time }).map((v) => (near ? 320 + (v - 320) * 1.5 : v))
      return { ...frameOf(mesh, frame.time), ...(frame.glance ? { glance: frame.glance } : {}) }
    })
    expect(['perspective-flat', 'movement-impossible']).toContain(codeOf(enlarged, asked('come-closer')))
  })
})

describe('a recording that cannot be judged', () => {
  const genuine = perform(LEFT_THEN_RIGHT)
  const lost = { reason: 'no-face' } as const

  it.each([
    ['too-few-frames', []],
    ['too-few-frames', genuine.slice(0, 5)],
    ['frames-too-sparse', perform(LEFT_THEN_RIGHT, { interval: 500 })],
    ['face-lost', genuine.map((frame, i) => (i % 4 === 0 ? { ...frame, face: lost } : frame))],
    ['several-faces', genuine.map((frame) => ({ ...frame, face: { ...frame.face, rival: 0.8 } }) as ObservedFrame)],
    ['face-not-described', genuine.map(({ glance: _, ...frame }) => frame)],
  ])('is inconclusive: %s', (code, frames) => {
    expect(judge(frames)).toMatchObject({ passed: false, code, inconclusive: true, score: 0 })
  })

  it('goes on when single frames lose the face', () => {
    expect(codeOf(genuine.map((frame, i) => (i % 12 === 5 ? { ...frame, face: lost } : frame)))).toBe('ok')
  })

  it('refuses challenges that ask for nothing, or for what nobody judges', () => {
    expect(codeOf(genuine, { nonce: '', steps: [] })).toBe('challenge-malformed')
    expect(codeOf(genuine, { nonce: '', steps: [{ kind: 'look-ahead', at: 0 }] })).toBe('challenge-malformed')
    expect(codeOf(genuine, { nonce: '', steps: [{ kind: 'wink' as StepKind, at: 500 }] })).toBe('step-kind-unsupported')
  })

  it('never throws, whatever the times and meshes are', () => {
    const frame = fc.record({
      time: fc.double(),
      mesh: fc.constantFrom(new Float32Array(1404), new Float32Array(1404).fill(Number.NaN), posedMesh()),
    })
    fc.assert(
      fc.property(fc.array(frame, { maxLength: 30 }), (frames) => {
        expect(judge(frames.map(({ time, mesh }) => frameOf(mesh, time, { pose: poseOf(mesh) }))).passed).toBe(false)
      }),
      { numRuns: 50 },
    )
  })
})

const OPPOSITE: Readonly<Partial<Record<StepKind, StepKind>>> = { 'turn-left': 'turn-right', 'turn-right': 'turn-left' }

/** Brings the lids of both eyes together. */
function withClosedLids(frame: ObservedFrame): ObservedFrame {
  if ('reason' in frame.face) return frame
  const mesh = Float32Array.from(frame.face.mesh)
  const pairs = [
    [160, 144],
    [158, 153],
    [385, 380],
    [387, 373],
  ] as const
  for (const [upper, lower] of pairs) mesh[3 * upper + 1] = mesh[3 * lower + 1]! - 0.5
  return { ...frame, face: { ...frame.face, mesh } }
}
