import {
  createCipheriv,
  createHash,
  createPrivateKey,
  createPublicKey,
  diffieHellman,
  generateKeyPairSync,
  type KeyObject,
} from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { encodeTlv } from '../../../src/chip/der/index.ts'
import type { SecurityInfo } from '../../../src/chip/lds/index.ts'
import { STANDARDISED_GROUPS } from '../../../src/chip/proof/diffie-hellman-groups.ts'
import { verifyChipAuthentication } from '../../../src/chip/proof/index.ts'
import { messageAuthenticationCode, padded } from '../../../src/chip/proof/message-authentication.ts'
import type { ChipAuthenticationEvidence } from '../../../src/chip/report.ts'
import { power } from '../issuing/pace.ts'

type Cipher = ChipAuthenticationEvidence['cipher']
const ECDH = '0.4.0.127.0.7.2.2.3.2.'
const DH = '0.4.0.127.0.7.2.2.3.1.'
const CIPHERS: readonly (readonly [Cipher, number, string, number])[] = [
  ['3des', 1, 'sha1', 16],
  ['aes128', 2, 'sha1', 16],
  ['aes192', 3, 'sha256', 24],
  ['aes256', 4, 'sha256', 32],
]

const spki = (key: KeyObject) => createPublicKey(key).export({ format: 'der', type: 'spki' })
const pkcs8 = (key: KeyObject) => key.export({ format: 'der', type: 'pkcs8' })
const ec = (namedCurve = 'brainpoolP256r1') => generateKeyPairSync('ec', { namedCurve }).privateKey
// The type definitions leave Diffie-Hellman out.
const dh = () => generateKeyPairSync('dh' as 'ec', { group: 'modp14' } as unknown as { namedCurve: string }).privateKey
const hex = (text: string) => Buffer.from(text, 'hex')

function infosFor(protocol: string, publicKey: Uint8Array, keyId?: number): SecurityInfo[] {
  const number = keyId === undefined ? {} : { keyId }
  const keyProtocol = `0.4.0.127.0.7.2.2.1.${protocol.split('.')[9]}`
  return [
    { kind: 'chip-authentication', protocol, version: 1, ...number },
    { kind: 'chip-authentication-key', protocol: keyProtocol, publicKey, ...number },
  ]
}

const unsigned = (magnitude: Uint8Array) =>
  encodeTlv(2, magnitude[0]! >= 0x80 ? Buffer.concat([Buffer.of(0), magnitude]) : magnitude)

/** What a chip does: agrees on a key and secures its first response under the counter 2. */
function respond(
  protocol: string,
  chip: KeyObject,
  terminal: KeyObject,
  body = hex('99029000'),
): ChipAuthenticationEvidence {
  const [cipher, , hash, length] = CIPHERS[Number(protocol.at(-1)) - 1]!
  const secret = diffieHellman({ privateKey: chip, publicKey: createPublicKey(terminal) })
  const key = createHash(hash).update(secret).update(hex('00000002')).digest().subarray(0, length)
  const block = cipher === '3des' ? 8 : 16
  const sendSequenceCounter = Buffer.alloc(block)
  sendSequenceCounter[block - 1] = 2
  const checksum = messageAuthenticationCode(cipher, key, Buffer.concat([sendSequenceCounter, padded(body, block)]))
  const responseApdu = Buffer.concat([body, hex('8e08'), checksum, hex('9000')])
  return { protocol, cipher, terminalPrivateKey: pkcs8(terminal), sendSequenceCounter, responseApdu }
}

describe('chip authentication', () => {
  it.each(CIPHERS)('accepts ECDH and DH with %s', (cipher, arc) => {
    for (const [family, make] of [[ECDH, ec] as const, [DH, dh] as const]) {
      const chip = make()
      const protocol = family + arc
      const { outcome, deviations } = verifyChipAuthentication(
        respond(protocol, chip, make()),
        infosFor(protocol, spki(chip)),
      )
      expect(outcome).toEqual({ status: 'passed', code: 'ok', evidence: { protocol, cipher } })
      expect(deviations).toEqual([])
    }
  })

  it('accepts a response with encrypted data, and explicit parameters against a named curve', () => {
    const chip = generateKeyPairSync('ec', { namedCurve: 'brainpoolP384r1', paramEncoding: 'explicit' }).privateKey
    const body = Buffer.concat([hex('871101'), Buffer.alloc(16, 7), hex('99029000')])
    const evidence = respond(`${ECDH}4`, chip, ec('brainpoolP384r1'), body)
    expect(verifyChipAuthentication(evidence, infosFor(`${ECDH}4`, spki(chip))).outcome.status).toBe('passed')
  })

  it('accepts keys whose domain parameters are given by number', () => {
    const chip = ec('prime256v1')
    const point = spki(chip).subarray(-68)
    const algorithm = encodeTlv(0x30, encodeTlv(0x06, hex('04007f00070102')), encodeTlv(0x02, Buffer.of(12)))
    const publicKey = encodeTlv(0x30, algorithm, point)
    const evidence = respond(`${ECDH}2`, chip, ec('prime256v1'))
    expect(verifyChipAuthentication(evidence, infosFor(`${ECDH}2`, publicKey)).outcome.status).toBe('passed')
  })

  it('accepts a Diffie-Hellman key whose group is given by number', () => {
    const { prime, generator } = STANDARDISED_GROUPS[1]!
    // Node makes keys for small generators alone: these are made by hand.
    const group = encodeTlv(0x30, unsigned(hex(prime)), unsigned(hex(generator)))
    const algorithm = encodeTlv(0x30, hex('06092a864886f70d010301'), group)
    const keyPair = (secret: bigint) => {
      const y = power(BigInt(`0x${generator}`), secret, BigInt(`0x${prime}`))
      const key = unsigned(hex(y.toString(16).padStart(512, '0')))
      const privateKey = encodeTlv(0x30, hex('020100'), algorithm, encodeTlv(4, unsigned(hex(secret.toString(16)))))
      return { key, privateKey: createPrivateKey({ key: privateKey, format: 'der', type: 'pkcs8' }) }
    }
    const [chip, terminal] = [keyPair(0x1234567890abcdefn ** 3n), keyPair(0x1edcba9876543210fn ** 3n)]
    const numbered = encodeTlv(0x30, hex('060704007f00070102'), unsigned(Buffer.of(1)))
    const publicKey = encodeTlv(0x30, numbered, encodeTlv(3, Buffer.of(0), chip.key))
    const evidence = respond(`${DH}2`, chip.privateKey, terminal.privateKey)
    expect(verifyChipAuthentication(evidence, infosFor(`${DH}2`, publicKey)).outcome.status).toBe('passed')
  })

  it('tells several keys apart by number, or tries them when no number was recorded', () => {
    const [first, second] = [ec(), ec()]
    const infos = [...infosFor(`${ECDH}2`, spki(first), 1), ...infosFor(`${ECDH}2`, spki(second), 2)]
    const evidence = respond(`${ECDH}2`, second, ec())
    const judge = (keyId?: number) =>
      verifyChipAuthentication(keyId === undefined ? evidence : { ...evidence, keyId }, infos).outcome
    expect([judge().status, judge().evidence.keyId, judge(2).status]).toEqual(['passed', 2, 'passed'])
    expect([judge(1).code, judge(3).code]).toEqual(['ca-checksum', 'ca-protocol-not-offered'])
  })

  it('accepts an early chip that publishes its key alone, for 3DES only', () => {
    const chip = ec()
    const keyAlone = infosFor(`${ECDH}1`, spki(chip)).slice(1)
    const { outcome, deviations } = verifyChipAuthentication(respond(`${ECDH}1`, chip, ec()), keyAlone)
    expect([outcome.status, deviations]).toEqual(['passed', [{ code: 'ca-info-missing', where: 'DG14' }]])
    const aes = verifyChipAuthentication(respond(`${ECDH}2`, chip, ec()), keyAlone)
    expect(aes.outcome.code).toBe('ca-protocol-not-offered')
  })

  const chip = ec()
  const genuine = respond(`${ECDH}2`, chip, ec())
  const infos = infosFor(`${ECDH}2`, spki(chip))
  const apdu = (text: string) => ({ ...genuine, responseApdu: hex(text) })
  it.each([
    ['another chip', respond(`${ECDH}2`, ec(), ec()), 'ca-checksum'],
    ['another ephemeral key', { ...genuine, terminalPrivateKey: pkcs8(ec()) }, 'ca-checksum'],
    ['another curve', respond(`${ECDH}2`, ec('prime256v1'), ec('prime256v1')), 'ca-key'],
    ['another counter', { ...genuine, sendSequenceCounter: Buffer.alloc(16) }, 'ca-checksum'],
    ['a counter of 8 octets with AES', { ...genuine, sendSequenceCounter: Buffer.alloc(8) }, 'ca-counter-length'],
    ['a cipher that is not the protocol\u2019s', { ...genuine, cipher: 'aes256' as const }, 'ca-protocol'],
    [
      'a protocol that the chip does not offer',
      { ...genuine, protocol: `${ECDH}1`, cipher: '3des' as const },
      'ca-protocol-not-offered',
    ],
    ['Diffie-Hellman on a chip with curves', { ...genuine, protocol: `${DH}2` }, 'ca-protocol-not-offered'],
    ['PACE called chip authentication', { ...genuine, protocol: '0.4.0.127.0.7.2.2.4.2.2' }, 'ca-protocol'],
    ['a key of ours that is none', { ...genuine, terminalPrivateKey: Buffer.alloc(40) }, 'ca-terminal-key'],
    ['an empty response', apdu(''), 'ca-response'],
    ['a bare status', apdu('9000'), 'ca-response'],
    ['a checksum alone', apdu('8e0800000000000000009000'), 'ca-response'],
    ['a checksum cut short', apdu('990290008e04000000009000'), 'ca-response'],
    ['a status that differs from the secured one', apdu('990290008e0800000000000000006982'), 'ca-response'],
  ])('refuses %s', (_, evidence, code) => {
    const { outcome } = verifyChipAuthentication(evidence, infos)
    expect([outcome.status, outcome.code]).toEqual(['failed', code])
  })

  it('refuses a response with any bit changed in what its checksum covers', () => {
    fc.assert(
      fc.property(fc.nat({ max: 14 * 8 - 1 }), (bit) => {
        const responseApdu = Buffer.from(genuine.responseApdu)
        responseApdu[bit >> 3]! ^= 1 << (bit & 7)
        return verifyChipAuthentication({ ...genuine, responseApdu }, infos).outcome.status === 'failed'
      }),
    )
  })

  it('says when there is no evidence, or no key to hold it against', () => {
    expect(verifyChipAuthentication(undefined, infos).outcome.status).toBe('not_performed')
    expect(verifyChipAuthentication(genuine, infos.slice(0, 1)).outcome.code).toBe('ca-key-unknown')
  })
})

describe('message authentication codes', () => {
  it('agrees with the CMAC examples of NIST SP 800-38B', () => {
    const block = hex('6bc1bee22e409f96e93d7e117393172a')
    const key = hex('2b7e151628aed2a6abf7158809cf4f3c')
    expect(messageAuthenticationCode('aes128', key, block).toString('hex')).toBe('070a16b46b4d4144')
    const key256 = hex('603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4')
    expect(messageAuthenticationCode('aes256', key256, block).toString('hex')).toBe('28a7023f452e8f82')
  })

  it('agrees with the retail MAC of the worked example in ICAO 9303-11, appendix D.3', () => {
    const key = hex('7962d9ece03d1acd4c76089dce131543')
    const cryptogram = hex('72c29c2371cc9bdb65b779b8e8d37b29ecc154aa56a8799fae2f498f76ed92f2')
    expect(messageAuthenticationCode('3des', key, padded(cryptogram, 8)).toString('hex')).toBe('5f1448eea8ad90a7')
  })

  it('agrees with OpenSSL on single blocks of DES', () => {
    const key = hex('0123456789abcdef0123456789abcdef')
    const cipher = createCipheriv('des-ede3-ecb', Buffer.concat([key, key.subarray(0, 8)]), null).setAutoPadding(false)
    expect(messageAuthenticationCode('3des', key, Buffer.alloc(8, 1))).toEqual(cipher.update(Buffer.alloc(8, 1)))
  })
})
