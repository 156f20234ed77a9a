import { describe, expect, it } from 'vitest'
import { readDataGroups } from '../../../src/chip/lds/index.ts'
import { element } from './chip-files.ts'

const oid = (hex: string) => element(0x06, Buffer.from(hex, 'hex'))
const bsi = (arcs: string) => oid(`04007f000702${arcs}`)
const integer = (value: number) => element(0x02, value)
const info = (...parts: readonly Buffer[]) => element(0x30, ...parts)
const spki = element(0x30, element(0x30, oid('2a8648ce3d0201')), element(0x03, 0, 4))

describe('security infos', () => {
  it('names every kind, in DG14 and in EF.CardAccess', () => {
    const set = element(
      0x31,
      info(bsi('02040204'), integer(2), integer(13)),
      info(bsi('020402'), element(0x30), integer(13)),
      info(bsi('02030202'), integer(1), integer(1)),
      info(bsi('020102'), spki, integer(1)),
      info(bsi('0202'), integer(1)),
      info(oid('678108010105'), integer(1), oid('04007f00070101040103')),
      info(bsi('020502'), element(0x30)),
      info(oid('2a03'), integer(1)),
    )
    const groups = readDataGroups({ EF_CardAccess: set, DG14: element(0x6e, set) })
    expect(groups.damaged).toEqual([])
    expect(groups.cardAccess).toEqual(groups.dg14)
    expect(groups.dg14).toEqual([
      { kind: 'pace', protocol: '0.4.0.127.0.7.2.2.4.2.4', version: 2, parameterId: 13 },
      { kind: 'pace-parameters', protocol: '0.4.0.127.0.7.2.2.4.2', parameterId: 13 },
      { kind: 'chip-authentication', protocol: '0.4.0.127.0.7.2.2.3.2.2', version: 1, keyId: 1 },
      { kind: 'chip-authentication-key', protocol: '0.4.0.127.0.7.2.2.1.2', publicKey: spki, keyId: 1 },
      { kind: 'terminal-authentication', protocol: '0.4.0.127.0.7.2.2.2', version: 1 },
      {
        kind: 'active-authentication',
        protocol: '2.23.136.1.1.5',
        version: 1,
        signatureAlgorithm: '0.4.0.127.0.7.1.1.4.1.3',
      },
      { kind: 'restricted-identification', protocol: '0.4.0.127.0.7.2.2.5.2' },
      { kind: 'unknown', protocol: '1.2.3' },
    ])
  })

  it('keeps the others when one is built wrongly', () => {
    const set = element(0x31, info(oid('678108010105'), integer(1)), info(bsi('0202'), integer(1)))
    const groups = readDataGroups({ EF_CardAccess: set })
    expect(groups.cardAccess?.map(({ kind }) => kind)).toEqual(['unknown', 'terminal-authentication'])
    expect(groups.deviations.map(({ code }) => code)).toEqual(['cardaccess-security-info'])
  })

  it('refuses more infos than any chip has', () => {
    const set = element(0x31, ...Array.from({ length: 200 }, () => info(bsi('0202'), integer(1))))
    expect(readDataGroups({ EF_CardAccess: set }).damaged[0]?.code).toBe('security-infos-too-many')
  })
})
