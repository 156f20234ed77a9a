import { randomBytes } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { beginChipAuthentication, verifyChip } from '../../src/chip/index.ts'
import { type Arc, agreementInfos, answer, dg14Of, dhChipKey, ecChipKey } from './issuing/agreeing-chip.ts'
import { integer, oid, seq } from './issuing/der.ts'
import { dg1, passport } from './issuing/passport.ts'
import { AT, openTrust } from './judging.ts'

const begin = (dg14: Uint8Array) => beginChipAuthentication(dg14, randomBytes(80))!

/** What becomes of a passport with this DG14 whose chip answers with this key. */
function judge(dg14: Buffer, key: Parameters<typeof answer>[0], shown = dg14) {
  const groups = new Map([
    [1, dg1()],
    [14, dg14],
  ])
  const { files, trust } = passport({ groups })
  const { protocol, publicKey, command, kept } = begin(shown)
  const chipAuthentication = { ...kept, responseApdu: answer(key, protocol, publicKey, command) }
  const report = verifyChip({ files, chipAuthentication }, openTrust(trust), AT)
  const { status, code } = report.checks['chip.chipAuthentication']
  return `${status}/${code}`
}

describe('chip authentication that we begin', () => {
  test.each([1, 2, 3, 4] as Arc[])('is answered by the chip, with curves and Diffie-Hellman, cipher %i', (arc) => {
    for (const key of [ecChipKey(), dhChipKey()])
      expect(judge(dg14Of(...agreementInfos(key, [arc])), key)).toBe('passed/ok')
  })

  test.each(['prime256v1', 'secp521r1', 'brainpoolP512r1'])('is answered on %s', (curve) => {
    const key = ecChipKey(curve)
    expect(judge(dg14Of(...agreementInfos(key, [4], 7)), key)).toBe('passed/ok')
  })

  test('is not answered by a chip that does not hold the key', () => {
    expect(judge(dg14Of(...agreementInfos(ecChipKey(), [2])), ecChipKey())).toBe('failed/ca-response')
  })

  test('does not count with a key that was shown to us and is not the signed one', () => {
    const [genuine, own] = [ecChipKey(), ecChipKey()]
    const shown = dg14Of(...agreementInfos(own, [2]))
    expect(judge(dg14Of(...agreementInfos(genuine, [2])), own, shown)).toBe('failed/ca-checksum')
  })

  test('takes the strongest cipher, and names the key that it is for', () => {
    const [first, second] = [ecChipKey(), ecChipKey()]
    const { protocol, keyId } = begin(dg14Of(...agreementInfos(first, [1, 2], 1), ...agreementInfos(second, [3], 2)))
    expect([protocol, keyId]).toEqual(['0.4.0.127.0.7.2.2.3.2.3', 2])
  })

  test('takes a key alone for 3DES', () => {
    const key = ecChipKey()
    const dg14 = dg14Of(agreementInfos(key, [1]).at(-1)!)
    expect(begin(dg14).protocol).toBe('0.4.0.127.0.7.2.2.3.2.1')
    expect(judge(dg14, key)).toBe('passed/ok')
  })

  test('leaves a key that cannot be used for another, and begins nothing without one', () => {
    const key = ecChipKey()
    const broken = seq(oid('0.4.0.127.0.7.2.2.1.2'), seq(seq(oid('1.2.3.4')), Buffer.of(3, 1, 0)), integer(9))
    const option = seq(oid('0.4.0.127.0.7.2.2.3.2.4'), integer(1), integer(9))
    expect(begin(dg14Of(broken, option, ...agreementInfos(key, [2], 1))).keyId).toBe(1)
    expect(begin(dg14Of(broken, option))).toBeUndefined()
    expect(begin(dg14Of())).toBeUndefined()
  })

  test('refuses what is no DG14', () => {
    expect(() => begin(Buffer.from('6e03', 'hex'))).toThrow(expect.objectContaining({ code: 'dg14-malformed' }))
  })

  test('draws another key from other octets alone', () => {
    const dg14 = dg14Of(...agreementInfos(ecChipKey(), [2]))
    const seed = randomBytes(80)
    expect(beginChipAuthentication(dg14, seed)).toEqual(beginChipAuthentication(dg14, seed))
    expect(begin(dg14).publicKey).not.toEqual(begin(dg14).publicKey)
  })
})
