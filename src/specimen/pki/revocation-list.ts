import { bitString, context, contextOctets, integer, octetString, oid, sequence, utcTime } from './asn1.ts'
import { encodeName, type Subject } from './certificate.ts'
import type { SigningKey } from './signing-key.ts'

export interface RevocationList {
  readonly number: number
  readonly thisUpdate: Date
  readonly nextUpdate: Date
  readonly revoked: readonly { readonly serialNumber: Uint8Array; readonly at: Date }[]
}

/** Signs a certificate revocation list of version 2 (RFC 5280, 5.1; ICAO 9303-12, 7.1.4). */
export function signRevocationList(list: RevocationList, issuer: Subject, key: SigningKey): Buffer {
  const entries = list.revoked.map(({ serialNumber, at }) => sequence(integer(serialNumber), utcTime(at)))
  const extensions = [
    sequence(oid('2.5.29.35'), octetString(sequence(contextOctets(0, key.identifier)))),
    sequence(oid('2.5.29.20'), octetString(integer(list.number))),
  ]
  const content = sequence(
    integer(1),
    key.algorithm,
    encodeName(issuer),
    utcTime(list.thisUpdate),
    utcTime(list.nextUpdate),
    ...(entries.length > 0 ? [sequence(...entries)] : []),
    context(0, sequence(...extensions)),
  )
  return sequence(content, key.algorithm, bitString(key.sign(content)))
}
