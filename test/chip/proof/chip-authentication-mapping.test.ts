import { createECDH, generateKeyPairSync } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { openDer } from '../../../src/chip/der/index.ts'
import type { ChipAuthenticationMappingEvidence } from '../../../src/chip/index.ts'
import { readSecurityInfos } from '../../../src/chip/lds/index.ts'
import { add, curveField, multiply, readPoint, toNumber, writePoint } from '../../../src/chip/proof/curve-arithmetic.ts'
import { verifyChipAuthenticationMapping } from '../../../src/chip/proof/index.ts'
import { CURVES, curveByOid } from '../../../src/chip/signature/index.ts'
import { set } from '../issuing/der.ts'
import { type CamCipher, keyInfo, mappingKey, PARAMETERS, paceInfo, runPace } from '../issuing/pace.ts'

const KEY = mappingKey()
const RUN = runPace(KEY)
const infosOf = (...infos: Uint8Array[]) => readSecurityInfos(openDer(set(...infos), 'infos'), () => {})
const INFOS = infosOf(paceInfo(), keyInfo(KEY, 13))
const judge = (evidence: ChipAuthenticationMappingEvidence, infos = INFOS) => {
  const { outcome } = verifyChipAuthenticationMapping(evidence, infos)
  return `${outcome.status}/${outcome.code}`
}

describe('PACE with chip authentication mapping', () => {
  it.each([
    [12, 2],
    [13, 3],
    [17, 4],
    [18, 4],
  ] as const)('proves the chip on the standardised parameters %i with protocol %i', (parameterId, arc) => {
    const key = mappingKey(parameterId)
    const infos = infosOf(paceInfo(parameterId, arc as CamCipher), keyInfo(key))
    expect(judge(runPace(key, arc as CamCipher), infos)).toBe('passed/ok')
  })

  it('takes the parameters that EF.CardSecurity names where the recording names none', () => {
    const { parameterId, ...unnumbered } = RUN
    expect(parameterId).toBe(13)
    expect(judge(unnumbered)).toBe('passed/ok')
  })

  it('uses the key that bears the number of the parameters, where several are on the curve', () => {
    const other = mappingKey()
    expect(judge(RUN, infosOf(paceInfo(), keyInfo(other, 72), keyInfo(KEY, 13)))).toBe('passed/ok')
    expect(judge(RUN, infosOf(paceInfo(), keyInfo(other, 13), keyInfo(KEY, 72)))).toBe('failed/cam-key')
    expect(judge(RUN, infosOf(paceInfo(), keyInfo(other, 1), keyInfo(KEY, 2)))).toBe('passed/ok')
  })

  it('refuses a clone, which can only choose its key of the mapping to fit', () => {
    expect(judge(runPace(KEY, 2, false))).toBe('failed/cam-token')
  })

  it('refuses another chip’s run', () => {
    expect(judge(runPace(mappingKey()))).toBe('failed/cam-key')
  })

  const other = runPace(KEY)
  it.each<[string, Partial<ChipAuthenticationMappingEvidence>, string]>([
    ['another nonce', { nonce: other.nonce }, 'cam-token'],
    ['another key of ours', { terminalMappingPrivateKey: other.terminalMappingPrivateKey }, 'cam-token'],
    ['another ephemeral key of ours', { terminalPrivateKey: other.terminalPrivateKey }, 'cam-token'],
    ['another key of the mapping', { chipMappingPublicKey: other.chipMappingPublicKey }, 'cam-token'],
    ['another ephemeral key of the chip', { chipPublicKey: other.chipPublicKey }, 'cam-token'],
    ['another token', { authenticationToken: other.authenticationToken }, 'cam-token'],
    ['half a token', { authenticationToken: RUN.authenticationToken.subarray(0, 4) }, 'cam-token'],
    ['no token', { authenticationToken: Buffer.alloc(0) }, 'cam-token'],
    ['another run’s data', { encryptedChipAuthenticationData: other.encryptedChipAuthenticationData }, 'cam-data'],
    ['no data', { encryptedChipAuthenticationData: Buffer.alloc(0) }, 'cam-data'],
    ['data cut short', { encryptedChipAuthenticationData: Buffer.alloc(15) }, 'cam-data'],
    ['endless data', { encryptedChipAuthenticationData: Buffer.alloc(160) }, 'cam-data'],
    ['a key of ours that is zero', { terminalPrivateKey: Buffer.alloc(32) }, 'cam-terminal-key'],
    ['a key of ours beyond the order', { terminalMappingPrivateKey: Buffer.alloc(32, 0xff) }, 'cam-terminal-key'],
    [
      'a point off the curve',
      { chipMappingPublicKey: Buffer.concat([Buffer.of(4), Buffer.alloc(64, 9)]) },
      'cam-point',
    ],
    ['a point cut short', { chipPublicKey: RUN.chipPublicKey.subarray(0, 40) }, 'cam-point'],
    ['no point', { chipPublicKey: Buffer.alloc(0) }, 'cam-point'],
    ['another protocol of PACE', { protocol: '0.4.0.127.0.7.2.2.4.2.2' }, 'cam-protocol'],
    ['a cipher that mapping does not have', { protocol: '0.4.0.127.0.7.2.2.4.6.1' }, 'cam-protocol'],
    ['a protocol that is not offered', { protocol: '0.4.0.127.0.7.2.2.4.6.4' }, 'cam-protocol-not-offered'],
    ['parameters that are not offered', { parameterId: 12 }, 'cam-protocol-not-offered'],
  ])('refuses %s', (_, change, code) => {
    expect(judge({ ...RUN, ...change })).toBe(`failed/${code}`)
  })

  it('refuses our own keys sent back', () => {
    const field = curveField(curveByOid(PARAMETERS[13]!)!)
    const own = writePoint(field, multiply(field, toNumber(RUN.terminalMappingPrivateKey), field.base))
    expect(judge({ ...RUN, chipMappingPublicKey: own })).toBe('failed/cam-point')
  })

  it('refuses parameters that are no curve of ours, and a file without a key on the curve', () => {
    expect(judge({ ...RUN, parameterId: 2 }, infosOf(paceInfo(2), keyInfo(KEY)))).toBe('failed/cam-domain-parameters')
    expect(judge(RUN, infosOf(paceInfo()))).toBe('failed/cam-key-unknown')
    expect(judge(RUN, infosOf(paceInfo(), keyInfo(mappingKey(12))))).toBe('failed/cam-key-unknown')
  })

  it('refuses a run with any bit changed in what the chip sent', () => {
    const fields = ['chipMappingPublicKey', 'chipPublicKey', 'authenticationToken'] as const
    fc.assert(
      fc.property(fc.constantFrom(...fields), fc.nat(64 * 8), (name, bit) => {
        const changed = Buffer.from(RUN[name])
        changed[(bit >> 3) % changed.length]! ^= 1 << (bit & 7)
        return judge({ ...RUN, [name]: changed }).startsWith('failed/')
      }),
      { numRuns: 60 },
    )
  })
})

describe('points of a curve', () => {
  const NAMES: Readonly<Record<string, string>> = {
    'P-224': 'secp224r1',
    'P-256': 'prime256v1',
    'P-384': 'secp384r1',
    'P-521': 'secp521r1',
  }

  it.each(CURVES.map((curve) => [curve.name, curve] as const))('agree with OpenSSL on %s', (name, curve) => {
    const field = curveField(curve)
    const namedCurve = NAMES[name] ?? name
    const ours = createECDH(namedCurve)
    ours.generateKeys()
    const secret = toNumber(ours.getPrivateKey())
    expect(writePoint(field, multiply(field, secret, field.base))).toEqual(ours.getPublicKey())
    const { publicKey } = generateKeyPairSync('ec', { namedCurve })
    const theirs = publicKey.export({ format: 'der', type: 'spki' }).subarray(-(1 + 2 * curve.size))
    const shared = multiply(field, secret, readPoint(field, theirs))
    expect(writePoint(field, shared).subarray(1, 1 + curve.size)).toEqual(ours.computeSecret(theirs))
  })

  it('add up: the order leads to infinity, and a point to its double', () => {
    const field = curveField(CURVES[1]!)
    const { base, order } = field
    expect(multiply(field, order, base)).toBeUndefined()
    expect(multiply(field, order + 1n, base)).toEqual(base)
    expect(add(field, base, base)).toEqual(multiply(field, 2n, base))
    expect(add(field, multiply(field, order - 1n, base), base)).toBeUndefined()
    expect(add(field, undefined, base)).toEqual(base)
  })
})
