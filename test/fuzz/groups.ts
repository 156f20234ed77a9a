import { writeDg11 } from '../../src/specimen/chip/data-groups.ts'
import { integer, oid, seq, set } from '../chip/issuing/der.ts'
import { ecdsa, ecKey, type SigningKey } from '../chip/issuing/keys.ts'
import { dg1 } from '../chip/issuing/passport.ts'
import {
  biometricGroup,
  codeStream,
  dg2Of,
  element,
  facialBlock,
  facialRecord,
  jp2,
  jpeg,
} from '../chip/lds/chip-files.ts'

/** A file of every data group that is read; DG15 holds the key. */
export function groupsWith({ publicKey }: SigningKey): ReadonlyMap<number, Buffer> {
  return new Map<number, Buffer>([
    [1, dg1()],
    [2, dg2Of(facialRecord({ picture: jpeg(300, 400), featurePoints: 2 }, { picture: jp2(300, 400), type: 1 }))],
    [5, element(0x65, element(0x02, 1), element(0x5f40, jpeg(300, 400)))],
    [7, element(0x67, element(0x02, 1), element(0x5f43, jpeg(300, 100)))],
    [
      11,
      writeDg11({
        surname: 'Eriksson',
        givenNames: 'Anna Maria',
        personalNumber: '12345',
        dateOfBirth: '1974-08-12',
        placeOfBirth: ['Zenith', 'Utopia'],
      }),
    ],
    [12, element(0x6c, element(0x5c, 0x5f, 0x19, 0x5f, 0x26), element(0x5f19, 'Utopia'), element(0x5f26, '20200101'))],
    [
      14,
      element(
        0x6e,
        set(
          seq(oid('2.23.136.1.1.5'), integer(1), oid('0.4.0.127.0.7.1.1.4.1.3')),
          seq(oid('0.4.0.127.0.7.2.2.1.2'), ecKey('prime256v1', ecdsa('sha256'), 'explicit').publicKey),
          seq(oid('0.4.0.127.0.7.2.2.3.2.2'), integer(1)),
        ),
      ),
    ],
    [15, element(0x6f, publicKey)],
    [16, element(0x70, element(0x02, 1), element(0xa1, element(0x5f50, '20200101'), element(0x5f51, 'Smith<<John')))],
  ])
}

/** DG1 and a DG2 after ISO/IEC 39794-5. */
export const withFacialBlock = () =>
  new Map([
    [1, dg1()],
    [2, biometricGroup(0x75, [element(0x7f2e, facialBlock(codeStream(300, 400), jpeg(30, 40)))])],
  ])
