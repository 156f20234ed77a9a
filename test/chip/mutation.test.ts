import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { openTlv, type Tlv } from '../../src/chip/der/index.ts'
import { reportTrust } from '../../src/chip/index.ts'
import { authority, name, revocationList } from './issuing/certificates.ts'
import { CSCA, P384, passport } from './issuing/passport.ts'
import { AT, objections, openTrust, verified } from './judging.ts'

const GENUINE = passport()
const SOD = Buffer.from(GENUINE.files.EF_SOD!)

/** One change that a reader, a chip or a forger could make to a file. */
const mutation = (file: Uint8Array): fc.Arbitrary<Buffer> => {
  const at = fc.nat(file.length - 1)
  return fc.oneof(
    fc.tuple(at, fc.integer({ min: 1, max: 255 })).map(([i, bits]) => {
      const changed = Buffer.from(file)
      changed[i]! ^= bits
      return changed
    }),
    at.map((i) => Buffer.from(file.subarray(0, i))),
    fc
      .tuple(at, fc.uint8Array({ minLength: 1, maxLength: 8 }))
      .map(([i, more]) => Buffer.concat([file.subarray(0, i), more, file.subarray(i)])),
    fc
      .tuple(at, at)
      .map(([a, b]) => Buffer.concat([file.subarray(0, Math.min(a, b)), file.subarray(Math.max(a, b) + 1)])),
  )
}

/** The signed octets of EF.SOD: content, attributes, and the certificate's signed part. */
function signedParts(): Buffer[] {
  const signedData = openTlv(openTlv(SOD).value).children()[1]!.children()[0]!.children()
  const [, , encapsulated, certificates, signers] = signedData as [Tlv, Tlv, Tlv, Tlv, Tlv]
  const content = encapsulated.children()[1]!.children()[0]!.value
  const tbs = certificates.children()[0]!.children()[0]!.encoding
  const attributes = signers.children()[0]!.children()[3]!.value
  return [content, tbs, attributes].map((part) => Buffer.from(part))
}

describe('changed files', () => {
  test('a changed EF.SOD passes only where nothing signed has changed, and never throws', () => {
    const signed = signedParts()
    fc.assert(
      fc.property(mutation(SOD), (changed) => {
        const report = verified({ ...GENUINE, files: { ...GENUINE.files, EF_SOD: changed } })
        if (objections(report).length > 0) return
        for (const part of signed) expect(changed.includes(part)).toBe(true)
      }),
      { numRuns: 1_500 },
    )
  })

  test('a changed DG1 never passes', () => {
    const dg1 = GENUINE.files.DG1!
    fc.assert(
      fc.property(mutation(dg1), (changed) => {
        fc.pre(!changed.equals(dg1) && changed.length > 0)
        const report = verified({ ...GENUINE, files: { ...GENUINE.files, DG1: changed } })
        const padded = changed.subarray(0, dg1.length).equals(dg1) && changed.subarray(dg1.length).every((o) => o === 0)
        expect(objections(report).length > 0 || padded).toBe(true)
      }),
      { numRuns: 500 },
    )
  })

  test('changed certificates and revocation lists are skipped or lead nowhere, and never throw', () => {
    const csca = authority(CSCA, P384)
    const list = revocationList({ issuer: name(CSCA), key: P384, revoked: [77] })
    fc.assert(
      fc.property(mutation(csca), mutation(list), (anchor, crl) => {
        const trust = {
          'anchors/a.cer': csca,
          'anchors/b.cer': anchor,
          'crls/c.crl': crl,
          'certificates/c.cer': anchor,
        }
        reportTrust(openTrust(trust), AT)
        expect(objections(verified({ ...GENUINE, trust }))).not.toContain('certificationPath/issuer-unknown')
      }),
      { numRuns: 300 },
    )
  })
})
