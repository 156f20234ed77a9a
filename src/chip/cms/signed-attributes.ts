import { Fault } from '../../check/index.ts'
import { derOf, encodeTlv, malformed, octetsOf, oidOf, TAG, type Tlv, timeOf } from '../der/index.ts'

/** Three or four occur. */
const MAX_ATTRIBUTES = 64

const CONTENT_TYPE = '1.2.840.113549.1.9.3'
const MESSAGE_DIGEST = '1.2.840.113549.1.9.4'
const SIGNING_TIME = '1.2.840.113549.1.9.5'

/** Signed attributes (RFC 5652, 5.3 and 11). */
export interface SignedAttributes {
  /** The SET that is signed, its octets as they came. */
  readonly received: Uint8Array
  /** The same attributes in DER, where they did not come so: the SET that should have been signed. */
  readonly der: Uint8Array | undefined
  readonly contentType: string | undefined
  readonly messageDigest: Uint8Array | undefined
  readonly signingTime: Date | undefined
  /** An attribute of which RFC 5652 allows one instance with one value has more, or none. */
  readonly ambiguous: boolean
  readonly deviations: readonly string[]
}

/** Reads `[0] IMPLICIT SignedAttributes` (RFC 5652, 5.3 and 11.1 to 11.3). Throws a `malformed` fault. */
export function readSignedAttributes(element: Tlv): SignedAttributes {
  const attributes = element.children()
  if (attributes.length > MAX_ATTRIBUTES) throw malformed('signed-data-malformed', 'too many signed attributes')
  const found: Record<string, Tlv[]> = { [CONTENT_TYPE]: [], [MESSAGE_DIGEST]: [], [SIGNING_TIME]: [] }
  let ambiguous = false
  for (const attribute of attributes) {
    const reader = attribute.reader()
    const known = found[oidOf(reader.next())]
    const values = reader.take(TAG.set, 'the values of an attribute').children()
    reader.finish('an attribute')
    if (!known) continue
    ambiguous ||= known.length > 0 || values.length !== 1
    known.push(...values)
  }
  const [contentType] = found[CONTENT_TYPE]!
  const [messageDigest] = found[MESSAGE_DIGEST]!
  const { signingTime, deviations } = readSigningTime(found[SIGNING_TIME]![0])
  return {
    received: asSet(element.encoding),
    der: isDer(element, attributes) ? undefined : derSet(attributes),
    contentType: contentType && oidOf(contentType),
    messageDigest: messageDigest && octetsOf(messageDigest),
    signingTime,
    ambiguous,
    deviations,
  }
}

/** A time that cannot be read says nothing: the signer is then judged as if it had none. */
function readSigningTime(element: Tlv | undefined): Pick<SignedAttributes, 'signingTime' | 'deviations'> {
  if (!element) return { signingTime: undefined, deviations: [] }
  try {
    return { signingTime: timeOf(element), deviations: [] }
  } catch (error) {
    if (error instanceof Fault) return { signingTime: undefined, deviations: ['signing-time-malformed'] }
    throw error
  }
}

/** A SET OF is DER when its members ascend by their encodings (X.690, 11.6) and nothing in it is BER. */
function isDer({ input, start, valueStart, valueEnd, end }: Tlv, attributes: readonly Tlv[]): boolean {
  const encodings = attributes.map(({ encoding }) => encoding)
  const ascends = encodings.every((encoding, i) => i === 0 || Buffer.compare(encodings[i - 1]!, encoding) <= 0)
  const length = valueEnd - valueStart
  const header = length < 0x80 ? 2 : length < 0x100 ? 3 : 4
  return ascends && !input.ber && valueEnd === end && valueStart - start === header
}

const derSet = (attributes: readonly Tlv[]): Uint8Array =>
  encodeTlv(TAG.set, ...attributes.map(derOf).sort(Buffer.compare))

/** The signature covers the attributes under the tag of a SET, not under `[0]` (RFC 5652, 5.4). */
function asSet(encoding: Uint8Array): Uint8Array {
  const copy = Buffer.from(encoding)
  copy[0] = TAG.set
  return copy
}
