import { describe, expect, it } from 'vitest'
import { fingerprints, judgeChallenge, metadataDoubts, type ObservedFrame } from '../../src/liveness/index.ts'
import { challengeOf, compare, perform } from './performer.ts'

const challenge = challengeOf(7)
const capture = perform(challenge)
const judged = (frames: readonly ObservedFrame[], earlier: readonly ObservedFrame[]) =>
  judgeChallenge(challenge, frames, compare, fingerprints(earlier))

describe('a capture that a session has seen', () => {
  it('is refused, be it encoded anew or made smaller', () => {
    const noisy = capture.map((frame) => altered(frame, (value, i) => value + 0.1 * Math.sin(i * 7919)))
    const smaller = capture.map((frame) => ({
      ...altered(frame, (value) => value / 2),
      size: { width: 320, height: 320 },
    }))
    for (const again of [capture, noisy, smaller]) {
      expect(judged(again, capture)).toMatchObject({ passed: false, code: 'capture-repeated', inconclusive: false })
    }
  })

  it('is refused when half of it is known', () => {
    expect(judged(capture, capture.slice(0, Math.ceil(capture.length / 2))).code).toBe('capture-repeated')
  })

  it('is no other performance of the same person before the same camera', () => {
    const before = perform(challengeOf(8)).map((frame) => altered(frame, (value) => value + 3))
    expect(judged(capture, before)).toMatchObject({ passed: true, code: 'ok' })
    expect(judged(capture, [])).toMatchObject({ passed: true })
  })
})

describe('what metadata says against a capture', () => {
  const at = new Date('2026-11-24T12:00:00Z')
  const bytes = (software: string, taken: string) => jpegWithExif(software, taken)
  const frames = (...files: Uint8Array[]) => files.map((bytes, i) => ({ bytes, time: 300 * i }))
  const doubts = (...files: Uint8Array[]) => metadataDoubts(frames(...files), capture.slice(0, files.length), at)

  it('is nothing where there is none, or where it fits', () => {
    expect(doubts(Uint8Array.of(0xff, 0xd8, 0xff, 0xd9), Uint8Array.of(1))).toEqual([])
    expect(doubts(bytes('cam 1', '2026:11:24 12:00:00'), bytes('cam 1', '2026:11:24 12:00:01'))).toEqual([])
  })

  it('names what contradicts itself', () => {
    const now = '2026:11:24 12:00:00'
    expect(doubts(bytes('cam', now), bytes('paint shop', now))).toEqual(['frame-software-differs'])
    expect(doubts(bytes('cam', now), Uint8Array.of(0xff, 0xd8, 0xff, 0xd9))).toEqual(['frame-metadata-mixed'])
    expect(doubts(bytes('cam', now), bytes('cam', '2026:11:24 11:59:58'))).toEqual(['frame-dates-not-in-order'])
    expect(doubts(bytes('cam', now), bytes('cam', '2026:11:24 12:10:00'))).toEqual(['frame-dates-too-far-apart'])
    expect(doubts(bytes('cam', '2024:01:01 12:00:00'))).toEqual(['frame-dates-of-another-time'])
    const sizes = [capture[0]!, { ...capture[1]!, size: { width: 100, height: 100 } }]
    expect(metadataDoubts(frames(bytes('c', now), bytes('c', now)), sizes, at)).toEqual(['frame-sizes-differ'])
  })

  it('never throws, wherever the metadata is cut', () => {
    const whole = bytes('cam', '2026:11:24 12:00:00')
    for (let length = 0; length < whole.length; length++) expect(doubts(whole.slice(0, length))).toBeInstanceOf(Array)
  })
})

function altered(frame: ObservedFrame, change: (value: number, i: number) => number): ObservedFrame {
  if ('reason' in frame.face) return frame
  return { ...frame, digest: `${frame.digest} anew`, face: { ...frame.face, mesh: frame.face.mesh.map(change) } }
}

/** A JPEG of an Exif segment alone: software in IFD0, the date in the Exif IFD (CIPA DC-008). */
function jpegWithExif(software: string, taken: string): Uint8Array {
  const tiff = Buffer.alloc(160)
  tiff.write('MM\0*', 'latin1')
  tiff.writeUInt32BE(8, 4)
  tiff.writeUInt16BE(2, 8)
  entry(tiff, 10, 0x0131, 2, software.length + 1, 80)
  entry(tiff, 22, 0x8769, 4, 1, 40)
  tiff.writeUInt16BE(1, 40)
  entry(tiff, 42, 0x9003, 2, 20, 120)
  tiff.write(software, 80)
  tiff.write(taken, 120)
  const segment = Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), tiff])
  const head = Buffer.from([0xff, 0xd8, 0xff, 0xe1, (segment.length + 2) >> 8, (segment.length + 2) & 255])
  return new Uint8Array(Buffer.concat([head, segment, Buffer.of(0xff, 0xd9)]))
}

function entry(tiff: Buffer, at: number, tag: number, type: number, count: number, value: number): void {
  tiff.writeUInt16BE(tag, at)
  tiff.writeUInt16BE(type, at + 2)
  tiff.writeUInt32BE(count, at + 4)
  tiff.writeUInt32BE(value, at + 8)
}
