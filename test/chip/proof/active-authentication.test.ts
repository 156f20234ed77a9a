import {
  constants,
  createHash,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  privateEncrypt,
  randomBytes,
  sign,
} from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { verifyActiveAuthentication } from '../../../src/chip/proof/index.ts'

const challenge = Buffer.from('0102030405060708', 'hex')
const spkiOf = (key: KeyObject) => createPublicKey(key).export({ format: 'der', type: 'spki' })
const option = (signatureAlgorithm: string) => ({
  kind: 'active-authentication' as const,
  protocol: '2.23.136.1.1.5',
  version: 1,
  signatureAlgorithm,
})
const TRAILERS = {
  sha1: [0x33, 0xcc],
  sha224: [0x38, 0xcc],
  sha256: [0x34, 0xcc],
  sha384: [0x36, 0xcc],
  sha512: [0x35, 0xcc],
}
const rsa = generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey

interface Padding {
  readonly trailer?: readonly number[]
  readonly header?: readonly number[]
}

/** What a chip does: pads M1 by ISO/IEC 9796-2 scheme 1 and applies its private key. */
function respond(key: KeyObject, hash: string, { trailer = TRAILERS[hash as 'sha1'], header = [0x6a] }: Padding = {}) {
  const length = Math.ceil(key.asymmetricKeyDetails!.modulusLength! / 8)
  const digestLength = createHash(hash).digest().length
  const nonce = randomBytes(length - header.length - digestLength - trailer.length)
  const digest = createHash(hash).update(nonce).update(challenge).digest()
  const block = Buffer.concat([Buffer.from(header), nonce, digest, Buffer.from(trailer)])
  return privateEncrypt({ key, padding: constants.RSA_NO_PADDING }, block)
}

describe('active authentication with RSA', () => {
  it.each([
    ['BC', 'sha1', [0xbc]],
    ['33CC', 'sha1', undefined],
    ['38CC', 'sha224', undefined],
    ['34CC', 'sha256', undefined],
    ['36CC', 'sha384', undefined],
    ['35CC', 'sha512', undefined],
  ])('accepts trailer %s over %s', (_, hash, trailer) => {
    const response = respond(rsa, hash, trailer ? { trailer } : {})
    const { outcome, deviations } = verifyActiveAuthentication({ challenge, response }, spkiOf(rsa), undefined)
    expect(outcome).toEqual({ status: 'passed', code: 'ok', evidence: { algorithm: 'rsa', hash } })
    expect(deviations).toEqual([])
  })

  it('accepts a padded header, and leading zeros as a deviation', () => {
    const padded = respond(rsa, 'sha256', { header: [0x6b, 0xbb, 0xbb, 0xba] })
    expect(verifyActiveAuthentication({ challenge, response: padded }, spkiOf(rsa), undefined).outcome.status).toBe(
      'passed',
    )
    const zeros = respond(rsa, 'sha1', { header: [0, 0, 0x6a], trailer: [0xbc] })
    const { outcome, deviations } = verifyActiveAuthentication({ challenge, response: zeros }, spkiOf(rsa), undefined)
    expect([outcome.status, deviations]).toEqual(['passed', [{ code: 'aa-recovered-leading-zeros', where: 'DG15' }]])
  })

  it('accepts the smaller of the two signatures that ISO/IEC 9796-2 allows', () => {
    const response = respond(rsa, 'sha256')
    const n = BigInt(`0x${Buffer.from(rsa.export({ format: 'jwk' }).n!, 'base64url').toString('hex')}`)
    const other = (n - BigInt(`0x${response.toString('hex')}`)).toString(16).padStart(256, '0')
    const evidence = { challenge, response: Buffer.from(other, 'hex') }
    expect(verifyActiveAuthentication(evidence, spkiOf(rsa), undefined).outcome.status).toBe('passed')
  })

  it.each([
    ['the hash of another trailer', { trailer: [0x35, 0xcc] }],
    ['an unknown trailer', { trailer: [0x31, 0xcc] }],
    ['total recovery, which leaves our challenge out', { header: [0x4a] }],
    ['padding that is none', { header: [0x6b, 0xbb, 0x00, 0xba] }],
  ])('refuses %s', (_, padding) => {
    const response = respond(rsa, 'sha256', padding)
    const { outcome } = verifyActiveAuthentication({ challenge, response }, spkiOf(rsa), undefined)
    expect([outcome.status, outcome.code]).toEqual(['failed', 'aa-signature'])
  })

  it.each([
    ['another challenge', (response: Buffer) => ({ challenge: randomBytes(8), response }), 'aa-signature'],
    ['a flipped bit', (response: Buffer) => ({ challenge, response: flip(response, 60) }), 'aa-signature'],
    ['a response cut short', (response: Buffer) => ({ challenge, response: response.subarray(1) }), 'aa-signature'],
    ['no response', () => ({ challenge, response: Buffer.alloc(0) }), 'aa-signature'],
    ['all ones', () => ({ challenge, response: Buffer.alloc(128, 0xff) }), 'aa-signature'],
    ['an empty challenge', (response: Buffer) => ({ challenge: Buffer.alloc(0), response }), 'aa-challenge-length'],
  ])('refuses %s', (_, evidence, code) => {
    const { outcome } = verifyActiveAuthentication(evidence(respond(rsa, 'sha256')), spkiOf(rsa), undefined)
    expect([outcome.status, outcome.code]).toEqual(['failed', code])
  })
})

describe('active authentication with ECDSA', () => {
  const plain = (key: KeyObject, hash: string) => sign(hash, challenge, { key, dsaEncoding: 'ieee-p1363' })

  it.each([
    ['prime256v1', 'sha256', '0.4.0.127.0.7.1.1.4.1.3'],
    ['brainpoolP256r1', 'sha1', '0.4.0.127.0.7.1.1.4.1.1'],
    ['secp384r1', 'sha384', '1.2.840.10045.4.3.3'],
    ['secp224r1', 'sha512', '0.4.0.127.0.7.1.1.4.1.5'],
    ['secp521r1', 'sha224', '0.4.0.127.0.7.1.1.4.1.2'],
  ])('accepts r || s on %s with %s, the hash that DG14 names', (namedCurve, hash, algorithm) => {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve })
    const evidence = { challenge, response: plain(privateKey, hash) }
    const found = verifyActiveAuthentication(evidence, spkiOf(privateKey), option(algorithm))
    expect(found).toEqual({
      outcome: { status: 'passed', code: 'ok', evidence: { algorithm: 'ecdsa', hash } },
      deviations: [],
    })
  })

  it('takes SHA-256 where DG14 names no hash, also on P-384, and DER, each with its deviation', () => {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'secp384r1' })
    const evidence = { challenge, response: sign('sha256', challenge, privateKey) }
    const { outcome, deviations } = verifyActiveAuthentication(evidence, spkiOf(privateKey), undefined)
    expect(outcome.status).toBe('passed')
    expect(deviations.map(({ code }) => code)).toEqual(['aa-info-missing', 'aa-der-signature'])
  })

  it('takes the hash of the curve’s size where DG14 names none', () => {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'secp384r1' })
    const evidence = { challenge, response: plain(privateKey, 'sha384') }
    expect(verifyActiveAuthentication(evidence, spkiOf(privateKey), undefined).outcome.evidence.hash).toBe('sha384')
    const other = { challenge, response: plain(privateKey, 'sha512') }
    expect(verifyActiveAuthentication(other, spkiOf(privateKey), undefined).outcome.code).toBe('aa-signature')
  })

  it.each([0, 1, 63, 65, 200])('refuses a response of %i octets', (length) => {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' })
    const evidence = { challenge, response: Buffer.alloc(length, 0x30) }
    expect(verifyActiveAuthentication(evidence, spkiOf(privateKey), undefined).outcome.code).toBe('aa-signature')
  })

  it('refuses another hash than the one that DG14 names, another challenge, and algorithms it does not know', () => {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' })
    const judge = (algorithm: string, asked: Buffer = challenge) =>
      verifyActiveAuthentication(
        { challenge: asked, response: plain(privateKey, 'sha256') },
        spkiOf(privateKey),
        option(algorithm),
      ).outcome.code
    expect(judge('0.4.0.127.0.7.1.1.4.1.5')).toBe('aa-signature')
    expect(judge('0.4.0.127.0.7.1.1.4.1.3', randomBytes(8))).toBe('aa-signature')
    expect(judge('0.4.0.127.0.7.1.1.4.1.6')).toBe('aa-algorithm')
  })

  it('refuses a key on explicit parameters with a foreign generator', () => {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1', paramEncoding: 'explicit' })
    const spki = spkiOf(privateKey)
    const evidence = { challenge, response: plain(privateKey, 'sha256') }
    expect(verifyActiveAuthentication(evidence, spki, undefined).outcome.status).toBe('passed')
    // The public key itself as generator: its private key is then 1, whatever the chip's is.
    const point = spki.subarray(-65)
    const forged = Buffer.from(spki)
    forged.set(point, spki.indexOf(Buffer.from('046b17d1f2e12c42', 'hex')))
    expect(verifyActiveAuthentication(evidence, forged, undefined).outcome.code).toBe('aa-key')
  })
})

it('says when no response was recorded, and when the key is none', () => {
  expect(verifyActiveAuthentication(undefined, spkiOf(rsa), undefined).outcome.status).toBe('not_performed')
  const evidence = { challenge, response: respond(rsa, 'sha1') }
  expect(verifyActiveAuthentication(evidence, randomBytes(100), undefined).outcome.code).toBe('aa-key')
  const { publicKey } = generateKeyPairSync('ed25519')
  const other = publicKey.export({ format: 'der', type: 'spki' })
  expect(verifyActiveAuthentication(evidence, other, undefined).outcome.code).toBe('aa-key')
})

function flip(bytes: Buffer, at: number): Buffer {
  const changed = Buffer.from(bytes)
  changed[at]! ^= 1
  return changed
}
