import { expect, test } from 'vitest'
import { Fuzzer } from './fuzzer.ts'

/** Half a minute where changes are judged before they land, a glance elsewhere; `npm run fuzz` looks for as long as told. */
const MILLISECONDS = process.env.CI ? 30_000 : 4_000
/** So many at least, that every target is met. */
const INPUTS = 600

const seed = Math.floor(Math.random() * 2 ** 31)
const fuzzer = new Fuzzer(seed)

test('no changed file crashes, takes long, or is accepted with a signed octet changed', () => {
  const end = performance.now() + MILLISECONDS
  for (let number = 0; number < INPUTS || performance.now() < end; number++) {
    const { target, input } = fuzzer.inputNumber(number)
    const find = fuzzer.attempt(target, input, number)
    expect(find?.what, `seed ${seed}, input ${number}, ${find?.target}: ${find?.input.toString('hex')}`).toBeUndefined()
  }
  expect(fuzzer.tallies.size).toBe(fuzzer.targetNames.length)
  const accepted = [...fuzzer.tallies.values()].reduce((sum, tally) => sum + tally.accepted, 0)
  expect(accepted).toBeGreaterThan(0)
}, 120_000)

test('the fuzzer would see a verifier that accepts, breaks or hides that it broke', () => {
  const { target } = fuzzer.inputNumber(0)
  const damaged = Buffer.from(target.genuine.subarray(2))
  const whatOf = (judge: typeof target.judge) =>
    fuzzer.attempt({ ...target, judge, keepsWhatIsSigned: () => false }, damaged)?.what
  expect(whatOf(() => ({ accepted: true, report: {} }))).toBe('accepted although changed')
  expect(whatOf(() => ({ accepted: false, report: [{ code: 'internal' }] }))).toBe('a fault of our own in the report')
  expect(
    whatOf(() => {
      throw new RangeError('an offset')
    }),
  ).toBe('crash: RangeError: an offset')
})
