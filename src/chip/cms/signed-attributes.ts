import { encodeTlv, malformed, octetsOf, oidOf, TAG, type Tlv, timeOf } from '../der/index.ts'

/** Three or four occur. */
const MAX_ATTRIBUTES = 64

const CONTENT_TYPE = '1.2.840.113549.1.9.3'
const MESSAGE_DIGEST = '1.2.840.113549.1.9.4'
const SIGNING_TIME = '1.2.840.113549.1.9.5'

/** Signed attributes (RFC 5652, 5.3 and 11). */
export interface SignedAttributes {
  /** The SET that is signed, its octets as they came. */
  readonly received: Uint8Array
  /** The same attributes in the order of DER, where they did not come so: the SET that should have been signed. */
  readonly sorted?: Uint8Array
  readonly contentType?: string
  readonly messageDigest?: Uint8Array
  readonly signingTime?: Date
  /** An attribute of which RFC 5652 allows one instance with one value has more. */
  readonly ambiguous: boolean
}

/** Reads `[0] IMPLICIT SignedAttributes`. Throws a `malformed` fault. */
export function readSignedAttributes(element: Tlv): SignedAttributes {
  const attributes = element.children()
  if (attributes.length > MAX_ATTRIBUTES) throw malformed('signed-data-malformed', 'too many signed attributes')
  const values = new Map<string, Tlv[]>()
  for (const attribute of attributes) {
    const reader = attribute.reader()
    const type = oidOf(reader.next())
    const set = reader.take(TAG.set, 'the values of an attribute').children()
    reader.finish('an attribute')
    values.set(type, [...(values.get(type) ?? []), ...set])
  }
  const contentType = values.get(CONTENT_TYPE)?.[0]
  const messageDigest = values.get(MESSAGE_DIGEST)?.[0]
  const signingTime = values.get(SIGNING_TIME)?.[0]
  const received = asSet(element.encoding)
  const sorted = encodeTlv(TAG.set, ...attributes.map(({ encoding }) => encoding).sort(Buffer.compare))
  return {
    received,
    ...(Buffer.compare(received, sorted) !== 0 && { sorted }),
    ambiguous: [CONTENT_TYPE, MESSAGE_DIGEST, SIGNING_TIME].some(
      (type) => values.has(type) && values.get(type)!.length !== 1,
    ),
    ...(contentType && { contentType: oidOf(contentType) }),
    ...(messageDigest && { messageDigest: octetsOf(messageDigest) }),
    ...(signingTime && { signingTime: timeOf(signingTime) }),
  }
}

/** The signature covers the attributes under the tag of a SET, not under `[0]` (RFC 5652, 5.4). */
function asSet(encoding: Uint8Array): Uint8Array {
  const copy = new Uint8Array(encoding)
  copy[0] = TAG.set
  return copy
}
