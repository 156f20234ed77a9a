import { describe, expect, it } from 'vitest'
import { writeMrz } from '../../../src/mrz/index.ts'
import { UNCALIBRATED } from '../../../src/mrz/network/calibration.ts'
import { combineFrames } from '../../../src/mrz/network/combine-frames.ts'
import { decodeEvidence } from '../../../src/mrz/network/decode-evidence.ts'
import { NAME_LINE, NUMBER_LINE, PASSPORT } from '../specimen.ts'
import { type Doubts, evidenceOf } from './cells.ts'

const LINES = [NAME_LINE, NUMBER_LINE]
const frame = (...doubts: Doubts[]) => evidenceOf(LINES, doubts)
const combined = (...frames: ReturnType<typeof evidenceOf>[]) => combineFrames(frames, frames.map(confidenceOf))
const confidenceOf = (evidence: ReturnType<typeof evidenceOf>) => decodeEvidence(evidence, UNCALIBRATED)!.confidence

describe('frames of one document', () => {
  it('make each other sure where each has doubts of its own', () => {
    const frames = [frame({ 6: { P: 1, K: 2 } }), frame({ 16: { M: 1 } }), frame({ 18: { H: 1 } })]
    const { evidence, uses } = combined(...frames)
    expect(uses).toEqual(['joined', 'joined', 'joined'])
    expect(decodeEvidence(evidence, UNCALIBRATED)!.lines).toEqual(LINES)
    expect(confidenceOf(evidence)).toBeGreaterThan(Math.max(...frames.map(confidenceOf)))
  })

  it('outvote the one that misreads a character', () => {
    const misread = evidenceOf([NAME_LINE.replace('ANNA', 'AMNA'), NUMBER_LINE], [{ 15: { N: 1.5 } }])
    const { evidence } = combined(misread, frame(), frame({ 15: { M: 2 } }))
    expect(decodeEvidence(evidence, UNCALIBRATED)!.lines).toEqual(LINES)
  })

  it('do not become surer than any of them where all have the same doubt', () => {
    const doubtful = frame({ 6: { P: 0.2 } })
    expect(confidenceOf(combined(doubtful, doubtful, doubtful).evidence)).toBeLessThan(0.6)
  })

  it('count the same however they are ordered', () => {
    const frames = [frame({ 6: { P: 1 } }), frame({ 16: { M: 1 } })]
    const [forth, back] = [combined(...frames), combined(...frames.toReversed())]
    expect(confidenceOf(forth.evidence)).toBeCloseTo(confidenceOf(back.evidence), 6)
  })
})

describe('frames that show something else', () => {
  it.each([
    ['another person', { surname: 'ERIKSEN', documentNumber: 'K12345678' }],
    ['a twin', { givenNames: 'ANNA MARIT', documentNumber: 'L898902C4' }],
    ['the same person, another passport', { documentNumber: 'M77712345', dateOfExpiry: '2035-01-31' }],
  ])('%s: are left out', (_, change) => {
    const [own, other] = [writeMrz(PASSPORT), writeMrz({ ...PASSPORT, ...change })]
    const { evidence, uses } = combined(evidenceOf(own), evidenceOf(other), evidenceOf(own))
    expect(uses).toEqual(['joined', 'reads-differently', 'joined'])
    expect(decodeEvidence(evidence, UNCALIBRATED)!.lines).toEqual(own)
  })

  it('however many, when they are not credible: one clear frame leads three that read badly', () => {
    const unsure = Object.fromEntries(Array.from({ length: 9 }, (_, i) => [i + 20, { K: 0.2 }]))
    const bad = evidenceOf([NAME_LINE.replace('ERIKSSON', 'EPTXSSOM'), NUMBER_LINE.replace('L898', 'U8B8')], [unsure])
    expect(combined(bad, bad, frame(), bad).uses).toEqual([
      'reads-differently',
      'reads-differently',
      'joined',
      'reads-differently',
    ])
  })

  it('another format: is left out', () => {
    const card = writeMrz({ ...PASSPORT, format: 'TD1', code: 'I', optionalDataLine2: '' })
    expect(combined(frame(), evidenceOf(card, [{ 20: { K: 0.1 } }])).uses).toEqual(['joined', 'other-format'])
  })
})
