import { expect, it } from 'vitest'
import { startStopwatch, stoppable } from '../../src/engine/stopwatch.ts'
import type { FaceAnalyser } from '../../src/face/index.ts'

it('adds up the time of each stage, in ms', async () => {
  const { stage, timings } = startStopwatch(() => false)
  await stage('chip', () => new Promise((resolve) => setTimeout(resolve, 20)))
  await stage('chip', () => new Promise((resolve) => setTimeout(resolve, 20)))
  await expect(stage('mrz', () => Promise.reject(new Error('unreadable')))).rejects.toThrow('unreadable')
  expect(Object.keys(timings)).toEqual(['chip', 'mrz'])
  expect(timings.chip).toBeGreaterThan(35)
})

it('begins no stage for a call that was withdrawn', async () => {
  const { stage } = startStopwatch(() => true)
  let begun = false
  const work = stage('chip', () => {
    begun = true
  })
  await expect(work).rejects.toMatchObject({ code: 'cancelled' })
  expect(begun).toBe(false)
})

it('stops in the middle of a performance, between two frames', async () => {
  let looked = 0
  const faces = {
    locate: async () => {
      looked++
      return { reason: 'no-face' }
    },
  } as unknown as FaceAnalyser
  const stopping = stoppable(faces, () => looked >= 3)
  const picture = { width: 1, height: 1, data: new Uint8Array(3) }
  const performance = async () => {
    for (let frame = 0; frame < 90; frame++) await stopping.locate(picture)
  }
  await expect(performance()).rejects.toMatchObject({ code: 'cancelled' })
  expect(looked).toBe(3)
})
