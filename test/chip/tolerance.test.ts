import { describe, expect, test } from 'vitest'
import { encodeTlv, openDer } from '../../src/chip/der/index.ts'
import { STRICT, TOLERANCES, TOLERANT, type Tolerances, verifyChip } from '../../src/chip/index.ts'
import { seq } from './issuing/der.ts'
import { ecdsa, ecKey, plainEcdsa, type SigningKey, signingWith } from './issuing/keys.ts'
import { type PassportOptions, passport } from './issuing/passport.ts'
import { AT, objections, oddities, openTrust } from './judging.ts'

const KEY = ecKey('prime256v1', ecdsa('sha256'))
const UNTAGGED = (file: Buffer) => Buffer.from(openDer(file, 'EF.SOD').value)

/** The key's point under the name of another curve. */
function mislabelled(key: SigningKey, as: SigningKey): SigningKey {
  const [, point] = openDer(key.publicKey, 'key').children()
  const [algorithm] = openDer(as.publicKey, 'key').children()
  return { ...key, publicKey: seq(algorithm!.encoding, point!.encoding) }
}

const judge = (options: PassportOptions, tolerances: Tolerances) => {
  const { files, trust } = passport(options)
  return verifyChip({ files }, openTrust(trust), AT, tolerances)
}

describe('what only a tolerant verifier accepts', () => {
  const BRAINPOOL = ecKey('brainpoolP256r1', ecdsa('sha256'))
  const cases: [string, PassportOptions, string, string][] = [
    [
      'r and s side by side under the identifier of DER',
      { dscKey: signingWith(KEY, { ...plainEcdsa('sha256'), identifier: ecdsa('sha256').identifier }) },
      'sodSignature/signature-invalid',
      'ecdsa-signature-encoding',
    ],
    [
      'DER under the identifier of ecdsa-plain',
      { dscKey: signingWith(KEY, { ...ecdsa('sha256'), identifier: plainEcdsa('sha256').identifier }) },
      'sodSignature/signature-invalid',
      'ecdsa-signature-encoding',
    ],
    [
      'a point of another curve than the one named',
      { dscKey: mislabelled(KEY, BRAINPOOL) },
      'sodSignature/key-malformed',
      'ec-curve-mismatch',
    ],
    ['no tag around EF.SOD', { sod: UNTAGGED }, 'structure/sod-tag', 'sod-tag-missing'],
  ]

  test.each(cases)('%s', (_, options, objection, deviation) => {
    expect(objections(judge(options, STRICT))).toContain(objection)
    const lenient = judge(options, TOLERANT)
    expect(objections(lenient)).toEqual([])
    expect(oddities(lenient)).toEqual([deviation])
    const others: Tolerances = new Set(TOLERANCES.filter((tolerance) => tolerance !== deviation))
    expect(objections(judge(options, others))).toContain(objection)
  })

  test('says nothing where there is nothing to tolerate', () => {
    const { files, trust } = passport()
    const [strict, lenient] = [STRICT, TOLERANT].map((t) => verifyChip({ files }, openTrust(trust), AT, t))
    expect(lenient).toEqual(strict)
  })

  test.each<[string, PassportOptions, string]>([
    [
      'a wrong signature in either encoding',
      { dscKey: KEY, message: { signature: (s) => s.map((octet, i) => (i === 20 ? octet ^ 1 : octet)) } },
      'sodSignature/signature-invalid',
    ],
    [
      'another key’s signature',
      { message: { key: ecKey('prime256v1', plainEcdsa('sha256')) } },
      'sodSignature/signature-invalid',
    ],
    [
      'a point that lies on no curve',
      {
        dscKey: {
          ...KEY,
          publicKey: seq(
            openDer(KEY.publicKey, 'key').children()[0]!.encoding,
            encodeTlv(3, Buffer.of(0, 4), Buffer.alloc(64, 5)),
          ),
        },
      },
      'sodSignature/key-malformed',
    ],
    ['two signers', { message: { signers: (info) => [info, info] } }, 'sodSignature/signer-info-count'],
    [
      'bytes behind an EF.SOD without its tag',
      { sod: (file) => Buffer.concat([UNTAGGED(file), Buffer.of(1)]) },
      'structure/trailing-data',
    ],
  ])('is not %s', (_, options, objection) => {
    expect(objections(judge(options, TOLERANT))).toContain(objection)
  })
})
