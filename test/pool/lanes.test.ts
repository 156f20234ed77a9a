import { describe, expect, it } from 'vitest'
import { admit, expectedWait, MAX_WAITING } from '../../src/pool/admission.ts'
import { INTERACTIVE_RUN, Lanes } from '../../src/pool/lanes.ts'
import { ServiceTimes } from '../../src/pool/service-times.ts'

function drain(lanes: Lanes<string>): string {
  let order = ''
  for (let item = lanes.next(); item !== undefined; item = lanes.next()) order += item
  return order
}

describe('two lanes', () => {
  it('serve people before batch, each in the order of arrival', () => {
    const lanes = new Lanes<string>()
    for (const item of 'abc') lanes.add('batch', item)
    for (const item of 'ABC') lanes.add('interactive', item)
    expect(drain(lanes)).toBe('ABCabc')
  })

  it('let batch have its turn under a steady stream of people', () => {
    const lanes = new Lanes<string>()
    let served = ''
    lanes.add('batch', 'b')
    for (let i = 0; i < 2 * INTERACTIVE_RUN; i++) {
      lanes.add('interactive', 'I')
      served += lanes.next()
    }
    expect(served.indexOf('b')).toBe(INTERACTIVE_RUN)
  })

  it('give an item back once', () => {
    const lanes = new Lanes<string>()
    for (const item of 'ABC') lanes.add('interactive', item)
    lanes.remove('interactive', 'B')
    lanes.remove('interactive', 'B')
    expect(drain(lanes)).toBe('AC')
  })
})

describe('admission', () => {
  const backlog = { workers: 2, running: 200, queued: { interactive: 700, batch: 10_000 } }

  it('expects people to wait for people and a fair share of batch, and batch to wait for all', () => {
    expect(expectedWait('interactive', backlog)).toBe((200 + 700 + 100) / 2)
    expect(expectedWait('batch', backlog)).toBe((200 + 700 + 10_000) / 2)
  })

  it('lets in what its deadline allows', () => {
    expect(() => admit('interactive', 7, 100, 600, backlog)).not.toThrow()
    expect(() => admit('interactive', 7, 100, 599, backlog)).toThrow('the queue cannot meet the deadline')
  })

  it('bounds a lane although nobody is in a hurry', () => {
    expect(() => admit('batch', MAX_WAITING, 100, Number.POSITIVE_INFINITY, backlog)).toThrow('the queue is full')
  })
})

describe('service times', () => {
  it('follow what is measured', () => {
    const times = new ServiceTimes()
    for (let i = 0; i < 50; i++) times.record('verify', 200)
    expect(times.expected('verify')).toBeCloseTo(200)
    for (let i = 0; i < 50; i++) times.record('verify', 400)
    expect(times.expected('verify')).toBeGreaterThan(395)
    expect(times.expected('readMrz')).toBe(100)
  })
})
