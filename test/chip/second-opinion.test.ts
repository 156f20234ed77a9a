import { webcrypto } from 'node:crypto'
import { fromBER } from 'asn1js'
import { type Certificate, ContentInfo, CryptoEngine, SignedData, setEngine } from 'pkijs'
import { describe, expect, test } from 'vitest'
import { openTlv } from '../../src/chip/der/index.ts'
import { ecdsa, ecKey, pkcs1, pss, rsaKey, type SigningKey } from './issuing/keys.ts'
import { type PassportOptions, passport, verified } from './issuing/passport.ts'

setEngine('node', new CryptoEngine({ name: 'node', crypto: webcrypto as never }))

/** Whether pkijs finds the signature of EF.SOD, and the signer's under the CSCA, to hold. */
async function pkijsHolds(sod: Uint8Array): Promise<boolean> {
  try {
    const message = Uint8Array.from(openTlv(sod).value)
    const info = new ContentInfo({ schema: fromBER(message.buffer).result })
    const data = new SignedData({ schema: info.content })
    return await data.verify({ signer: 0, checkChain: false, trustedCerts: data.certificates as Certificate[] })
  } catch {
    return false
  }
}

const RSA = rsaKey(pkcs1('sha256'))
const flip = (signature: Uint8Array) => signature.map((octet, i) => (i === signature.length - 1 ? octet ^ 1 : octet))

describe('pkijs agrees on the signature of EF.SOD', () => {
  test.each<[string, SigningKey]>([
    ['RSA PKCS#1', RSA],
    ['RSA PSS', rsaKey(pss('sha256', 32))],
    ['P-256', ecKey('prime256v1', ecdsa('sha256'))],
    ['P-384', ecKey('secp384r1', ecdsa('sha384'))],
    ['P-521', ecKey('secp521r1', ecdsa('sha512'))],
  ])('%s, genuine and forged', async (_, dscKey) => {
    const variants: PassportOptions[] = [
      { dscKey },
      { dscKey, message: { signature: flip } },
      { dscKey, message: { digest: Buffer.alloc(32) } },
    ]
    for (const options of variants) {
      const issued = passport(options)
      const { checks } = verified(issued)
      const ours = checks['chip.messageDigest'].status === 'passed' && checks['chip.sodSignature'].status === 'passed'
      expect(await pkijsHolds(issued.files.EF_SOD!)).toBe(ours)
    }
  })
})
