import { minimal, type Name, readName } from '../certificate/index.ts'
import {
  bitStringOctets,
  booleanOf,
  contextTag,
  integerBytes,
  malformed,
  oidOf,
  onlyChild,
  openOctets,
  openTlv,
  TAG,
  type Tlv,
  timeOf,
} from '../der/index.ts'
import { type AlgorithmIdentifier, readAlgorithmIdentifier } from '../signature/index.ts'

/** A certificate revocation list (RFC 5280, 5) as it stands: its signature is not verified yet. */
export interface RevocationList {
  readonly issuer: Name
  readonly thisUpdate: Date
  readonly nextUpdate?: Date
  /** Serial numbers, `minimal` octets, hexadecimal. */
  readonly revoked: ReadonlySet<string>
  /** False when it says something critical that is not understood here: it then proves no certificate good. */
  readonly complete: boolean
  readonly signedBytes: Uint8Array
  readonly innerAlgorithm: AlgorithmIdentifier
  readonly outerAlgorithm: AlgorithmIdentifier
  readonly signature: Uint8Array
}

const REASON_CODE = '2.5.29.21'
const REMOVE_FROM_CRL = 8
const CERTIFICATE_ISSUER = '2.5.29.29'

/** Reads a CRL (RFC 5280, 5.1; ICAO 9303-12, 7.2) that fills its bytes. Throws `crl-malformed` or a DER fault. */
export function readRevocationList(bytes: Uint8Array): RevocationList {
  const root = openTlv(bytes, { ber: true })
  if (root.end !== bytes.length || root.tag !== TAG.sequence) throw malformed('crl-malformed', 'no revocation list')
  const outer = root.reader()
  const tbs = outer.take(TAG.sequence, 'the signed part of a revocation list')
  const outerAlgorithm = readAlgorithmIdentifier(outer.next())
  const signature = bitStringOctets(outer.take(TAG.bitString, 'the signature of a revocation list'))
  outer.finish('a revocation list')

  const reader = tbs.reader()
  reader.takeOptional(TAG.integer) // the version: it follows from what is there
  const innerAlgorithm = readAlgorithmIdentifier(reader.next())
  const issuer = readName(reader.next())
  const thisUpdate = timeOf(reader.next())
  const next = reader.peek()
  const nextUpdate = next === TAG.utcTime || next === TAG.generalizedTime ? timeOf(reader.next()) : undefined
  const entries = reader.takeOptional(TAG.sequence)
  const extensions = reader.takeOptional(contextTag(0))
  reader.finish('the signed part of a revocation list')

  const revoked = new Set<string>()
  let complete = !extensions || !hasUnknownCritical(onlyChild(extensions, 'the extensions'))
  for (const entry of entries?.children() ?? []) {
    const { serial, understood, removed, ofAnother } = readEntry(entry)
    complete &&= understood && !ofAnother
    // An entry that names another issuer speaks for all that follow (RFC 5280, 5.3.3): none of them is this issuer's.
    if (ofAnother) break
    if (!removed) revoked.add(serial)
  }
  return {
    issuer,
    thisUpdate,
    revoked,
    complete,
    signedBytes: tbs.encoding,
    innerAlgorithm,
    outerAlgorithm,
    signature,
    ...(nextUpdate && { nextUpdate }),
  }
}

/** A serial number (RFC 5280, 4.1.2.2) of `minimal` octets in hexadecimal, to look it up in `revoked`. */
export const serialKey = (serialNumber: Uint8Array): string => Buffer.from(serialNumber).toString('hex')

function readEntry(entry: Tlv): { serial: string; understood: boolean; removed: boolean; ofAnother: boolean } {
  const reader = entry.reader()
  const serial = serialKey(minimal(integerBytes(reader.next())))
  timeOf(reader.next())
  const extensions = reader.takeOptional(TAG.sequence)
  reader.finish('an entry of a revocation list')
  if (!extensions) return { serial, understood: true, removed: false, ofAnother: false }
  const removed = extensions.children().some((extension) => reasonOf(extension) === REMOVE_FROM_CRL)
  const ofAnother = extensions.children().some((extension) => oidOf(extension.reader().next()) === CERTIFICATE_ISSUER)
  return { serial, understood: !hasUnknownCritical(extensions), removed, ofAnother }
}

/** CRL number, authority key identifier and reasons are never critical; a critical one changes what the list means. */
function hasUnknownCritical(extensions: Tlv): boolean {
  return extensions.children().some((extension) => {
    const flag = extension.children()[1]
    return flag?.tag === TAG.boolean && booleanOf(flag)
  })
}

function reasonOf(extension: Tlv): number | undefined {
  const parts = extension.children()
  if (!parts[0] || oidOf(parts[0]) !== REASON_CODE) return undefined
  const value = openOctets(parts.at(-1)!, 'a reason code').value
  return value.length === 1 ? value[0] : undefined
}
