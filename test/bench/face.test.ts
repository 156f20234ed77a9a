import { describe, expect, it } from 'vitest'
import { Evaluator, trialsOf } from '../../bench/face/evaluate.ts'
import type { FaceSystem } from '../../bench/face/system.ts'
import { WEARS, wear } from '../../bench/face/worn-portrait.ts'
import type { Picture } from '../../src/image/index.ts'

const plain = (grey: number): Picture => ({ width: 2, height: 2, data: new Uint8Array(12).fill(grey) })

describe('an evaluation', () => {
  const seen: number[] = []
  /** Takes a picture's first value for its face; 0 is none. */
  const system: FaceSystem<number> = {
    name: 'by brightness',
    threshold: -10,
    async describe({ data }) {
      seen.push(data[0]!)
      return data[0] || undefined
    },
    score: (a, b) => -Math.abs(a - b),
    close: async () => {},
  }
  const load = async (name: string) => plain(Number(name))
  const evaluator = new Evaluator(system, load)
  const pairs = [
    { a: '50', b: '55', same: true },
    { a: '50', b: '0', same: true },
    { a: '50', b: '200', same: false, subset: 'far' },
    { a: '55', b: '50', same: true },
  ]

  it('describes each picture once, and counts those without a face', async () => {
    const { pairs: scored, failureToAcquire } = await evaluator.evaluate(pairs)
    await evaluator.evaluate(pairs.slice(1))
    expect(seen.toSorted()).toEqual([0, 200, 50, 55])
    expect(failureToAcquire).toMatchObject({ count: 1, trials: 4 })
    expect(trialsOf(scored)).toEqual({ genuine: [-5, undefined, -5], impostor: [-150] })
    expect(scored[2]).toMatchObject({ subset: 'far' })
  })

  it('changes the portraits alone where it is asked to', async () => {
    const brighter = async ({ data, ...size }: Picture) => ({ ...size, data: data.map((value) => value + 3) })
    const { pairs: scored } = await evaluator.evaluate(pairs, brighter)
    expect(trialsOf(scored).genuine).toEqual([-2, undefined, -8])
  })
})

describe('a worn portrait', () => {
  it('is small, grey where asked, and has lost detail, not its face', async () => {
    const noise = (i: number) => (Math.imul(i, 2_654_435_761) >>> 26) % 20
    const data = new Uint8Array(3 * 200 * 240).map(
      (_, i) => 60 + 100 * (Math.floor(i / 60) % 2) + (i % 3) * 20 + noise(i),
    )
    const picture = { width: 200, height: 240, data }
    const [colour, grey] = await Promise.all(WEARS.map((kind) => wear(picture, kind)))
    expect([colour!.width, colour!.height]).toEqual([200, 240])
    expect([grey!.width, grey!.height]).toEqual([75, 90])
    expect(Math.abs(grey!.data[0]! - grey!.data[2]!)).toBeLessThan(6)
    expect(colour!.data[2]! - colour!.data[0]!).toBeGreaterThan(20)
    expect(Buffer.from(colour!.data).equals(Buffer.from(data))).toBe(false)
  })
})
