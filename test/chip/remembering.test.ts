import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { describe, expect, test } from 'vitest'
import { readCertificate } from '../../src/chip/certificate/index.ts'
import { reportSigner, verifyChip } from '../../src/chip/index.ts'
import { authority, certificate, name, signerExtensions } from './issuing/certificates.ts'
import { ecdsa, ecKey } from './issuing/keys.ts'
import { byIssuer, type MessageOptions } from './issuing/messages.ts'
import { CSCA, dg1, P256, P384, type Passport, passport } from './issuing/passport.ts'
import { AT, objections, openTrust, verified } from './judging.ts'

/** One document signer's certificate, and documents under it. */
const SIGNER = passport().dsc
const signedBy = (signer: Uint8Array, message: Partial<MessageOptions> = {}, ...others: Uint8Array[]) =>
  passport({ message: { certificates: [signer, ...others], ...message } })

/** Judges documents one after another by one store, whose folder is the first one's unless another is given. */
function judgeInTurn(documents: readonly Passport[], trust = documents[0]!.trust) {
  const store = openTrust(trust)
  return { store, reports: documents.map(({ files }) => verifyChip({ files }, store, AT)) }
}

describe('what a trust store remembers of a signer', () => {
  test('changes nothing in the report on the next document', () => {
    const older = authority(CSCA, P384, { from: '2010-01-01', to: '2024-05-01', serial: 1 })
    const newer = authority(CSCA, P384, { from: '2024-02-01', to: '2040-01-01', serial: 2 })
    const trust = { 'anchors/1.cer': older, 'anchors/2.cer': newer }
    const dates = ['2024-08-01', '2024-03-01', '2020-01-01', '2024-03-01', '2024-08-01']
    const documents = dates.map((signingTime) => ({ ...signedBy(SIGNER, { signingTime }), trust }))
    const { reports } = judgeInTurn(documents)
    expect(reports).toEqual(documents.map((document) => verified(document)))
    expect(new Set(reports.map(({ checks }) => JSON.stringify(checks['chip.certificationPath']))).size).toBe(2)
  })

  test('does not lend one document the link certificate that came with another', () => {
    const key = ecKey('secp384r1', ecdsa('sha384'))
    const signer = certificate({
      subject: name('Document Signer 8'),
      key: P256,
      issuer: name('Newer CSCA'),
      issuerKey: key,
      serial: 77,
      extensions: signerExtensions(P256, key),
    })
    const link = authority('Newer CSCA', key, { by: { common: CSCA, key: P384 } })
    const identifier = byIssuer(name('Newer CSCA'), 77)
    const { reports } = judgeInTurn([signedBy(signer, { identifier }, link), signedBy(signer, { identifier })], {
      'anchors/csca.cer': authority(CSCA, P384),
    })
    expect(reports.map(objections)).toEqual([[], ['certificationPath/issuer-unknown']])
  })

  test('does not help a forged document, or one signed when no authority was valid', () => {
    const flip = (signature: Uint8Array) =>
      signature.map((octet, i) => (i === signature.length - 1 ? octet ^ 1 : octet))
    const genuine = signedBy(SIGNER)
    const trust = { 'anchors/csca.cer': authority(CSCA, P384, { to: '2024-06-01' }) }
    const { reports } = judgeInTurn(
      [
        genuine,
        signedBy(SIGNER, { signature: flip }),
        { ...genuine, files: { ...genuine.files, DG1: dg1('X'.repeat(88)) } },
        signedBy(SIGNER, { signingTime: '2024-07-01' }),
        genuine,
      ],
      trust,
    )
    expect(reports.map((report) => objections(report)[0])).toEqual([
      undefined,
      'sodSignature/signature-invalid',
      'dataGroupHashes/data-group-hash-mismatch',
      'certificationPath/issuer-not-valid',
      undefined,
    ])
  })

  test('is nothing where the signer leads to no anchor', () => {
    const stranger = passport({ signer: { issuerKey: ecKey('secp384r1', ecdsa('sha384')) } })
    const { store, reports } = judgeInTurn([stranger, stranger], passport().trust)
    expect(reports.map((report) => objections(report)[0])).toEqual(
      Array(2).fill('certificationPath/issuer-signature-invalid'),
    )
    expect(store.knownSigner(readCertificate(stranger.dsc).fingerprint)).toBeUndefined()
  })

  test('is bounded, and holds on to no document', () => {
    const signers = Array.from({ length: 2_001 }, (_, serial) =>
      certificate({
        subject: name('Document Signer'),
        key: P256,
        issuer: name(CSCA),
        issuerKey: P256,
        serial: serial + 1,
        extensions: signerExtensions(P256, P256),
      }),
    )
    const store = openTrust({ 'anchors/csca.cer': authority(CSCA, P256) })
    for (const signer of signers) expect(reportSigner(signer, store, AT).verdict).toBe('accepted')
    const isKnown = (signer: Uint8Array) => store.knownSigner(readCertificate(signer).fingerprint) !== undefined
    expect([signers[0]!, signers[1]!, signers.at(-1)!].map(isKnown)).toEqual([false, true, true])

    const document = signedBy(SIGNER)
    const used = judgeInTurn([document]).store.knownSigner(readCertificate(SIGNER).fingerprint)!
    expect(used.encoding.buffer).not.toBe(document.files.EF_SOD!.buffer)
  })
})

test('names that are met are remembered within bounds', () => {
  setFlagsFromString('--expose-gc')
  const collect: () => void = runInNewContext('gc')
  const longNamed = (i: number) =>
    certificate({ subject: name(`${i} `.padEnd(60_000, 'x')), key: P256, issuer: name(CSCA), issuerKey: P256 })
  collect()
  const before = process.memoryUsage().heapUsed
  for (let i = 0; i < 400; i++) readCertificate(longNamed(i))
  collect()
  expect(process.memoryUsage().heapUsed - before).toBeLessThan(16 * 1024 * 1024)
})
