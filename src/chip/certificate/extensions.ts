import { Fault } from '../../check/index.ts'
import {
  bitStringOf,
  booleanOf,
  contextPrimitiveTag,
  generalizedTimeOf,
  malformed,
  octetsOf,
  oidOf,
  openOctets,
  smallInteger,
  TAG,
  type Tlv,
  textOf,
} from '../der/index.ts'

/** Real certificates have under 15. */
const MAX_EXTENSIONS = 64
/** Key usages, purposes, document types: lists that are short in reality. */
const MAX_LIST_ENTRIES = 256

/** What a certificate's extensions say (RFC 5280, 4.2; ICAO 9303-12, 7.1). Absent ones are undefined. */
export interface Extensions {
  readonly subjectKeyIdentifier?: Uint8Array
  readonly authorityKeyIdentifier?: Uint8Array
  readonly keyUsage?: KeyUsage
  /** Purposes as object identifiers. */
  readonly extendedKeyUsage?: readonly string[]
  /** The purposes are critical. */
  readonly purposesCritical: boolean
  /** When the private key may sign; either end may be open. */
  readonly privateKeyUsage?: { readonly notBefore?: Date; readonly notAfter?: Date }
  readonly basicConstraints?: { readonly ca: boolean; readonly pathLength?: number }
  /** The MRZ document codes that the signer may sign (ICAO 9303-12, 7.1.1.6). */
  readonly documentTypes?: readonly string[]
  /** This link certificate changes the issuer's name (ICAO 9303-12, 7.1.1.5). */
  readonly nameChange: boolean
  /** Critical extensions that are not known here. */
  readonly unknownCritical: readonly string[]
  readonly deviations: readonly string[]
}

export interface KeyUsage {
  readonly digitalSignature: boolean
  readonly keyCertSign: boolean
  readonly crlSign: boolean
}

type Draft = { -readonly [Key in keyof Extensions]: Extensions[Key] } & {
  unknownCritical: string[]
  deviations: string[]
}

/** Extensions that need no reading here but do not stand in the way when critical. */
const HARMLESS = new Set([
  '2.5.29.17', // subject alternative name
  '2.5.29.18', // issuer alternative name
  '2.5.29.31', // CRL distribution points
  '2.5.29.32', // certificate policies: any policy is acceptable here
  '1.3.6.1.5.5.7.1.1', // authority information access
])

const READERS: Readonly<Record<string, (draft: Draft, value: Tlv, critical: boolean) => void>> = {
  '2.5.29.14': (draft, value) => {
    draft.subjectKeyIdentifier = readKeyIdentifier(value, draft)
  },
  '2.5.29.35': (draft, value) => {
    const keyIdentifier = readAuthorityKeyIdentifier(value, draft)
    if (keyIdentifier) draft.authorityKeyIdentifier = keyIdentifier
  },
  '2.5.29.15': (draft, value) => {
    draft.keyUsage = readKeyUsage(value)
  },
  '2.5.29.37': (draft, value, critical) => {
    draft.extendedKeyUsage = readList(openOctets(value, 'the extended key usage')).map(oidOf)
    draft.purposesCritical = critical
  },
  '2.5.29.16': (draft, value) => {
    draft.privateKeyUsage = readPrivateKeyUsage(value)
  },
  '2.5.29.19': (draft, value) => {
    draft.basicConstraints = readBasicConstraints(value)
  },
  '2.23.136.1.1.6.1': (draft) => {
    draft.nameChange = true
  },
  '2.23.136.1.1.6.2': (draft, value) => {
    draft.documentTypes = readDocumentTypes(value, draft)
  },
}

/** Extensions that restrict nobody here: one that cannot be read is an oddity, not the end of its certificate. */
const INFORMATIVE = new Set(['2.5.29.16', '2.23.136.1.1.6.2'])

const nothing = () => ({ nameChange: false, purposesCritical: false, unknownCritical: [], deviations: [] })

export const NO_EXTENSIONS: Extensions = nothing()

/**
 * Reads Extensions (RFC 5280, 4.1.2.9 and 4.2; ICAO 9303-12, 7.1). Throws `extension-duplicate`, `extension-malformed`,
 * or a DER fault.
 */
export function readExtensions(list: Tlv): Extensions {
  const draft: Draft = nothing()
  const seen = new Set<string>()
  for (const extension of readList(list, MAX_EXTENSIONS)) {
    const reader = extension.reader()
    const oid = oidOf(reader.next())
    const flag = reader.takeOptional(TAG.boolean)
    const critical = flag !== undefined && booleanOf(flag)
    const value = reader.next()
    reader.finish('an extension')
    if (seen.has(oid)) throw malformed('extension-duplicate', `the extension ${oid} twice`)
    seen.add(oid)
    const read = READERS[oid]
    if (read && INFORMATIVE.has(oid)) readInformative(() => read(draft, value, critical), oid, critical, draft)
    else if (read) read(draft, value, critical)
    else if (critical && !HARMLESS.has(oid)) draft.unknownCritical.push(oid)
  }
  return draft
}

/** What cannot be read says nothing; where it is critical, it is as good as unknown. */
function readInformative(read: () => void, oid: string, critical: boolean, draft: Draft): void {
  try {
    read()
  } catch (error) {
    if (!(error instanceof Fault)) throw error
    if (critical) draft.unknownCritical.push(oid)
    else draft.deviations.push('extension-malformed')
  }
}

/** Some states put the identifier there without its inner OCTET STRING. */
function readKeyIdentifier(value: Tlv, draft: Draft): Uint8Array {
  try {
    return octetsOf(openOctets(value, 'the subject key identifier'))
  } catch {
    draft.deviations.push('ski-encoding')
    return octetsOf(value)
  }
}

/** An unreadable identifier only fails to help in finding the issuer. */
function readAuthorityKeyIdentifier(value: Tlv, draft: Draft): Uint8Array | undefined {
  try {
    const reader = openOctets(value, 'the authority key identifier').reader()
    return reader.takeOptional(contextPrimitiveTag(0))?.value
  } catch {
    draft.deviations.push('aki-encoding')
    return undefined
  }
}

function readKeyUsage(value: Tlv): KeyUsage {
  const { bytes } = bitStringOf(openOctets(value, 'the key usage'))
  const first = bytes[0] ?? 0
  return {
    digitalSignature: (first & 0x80) !== 0,
    keyCertSign: (first & 0x04) !== 0,
    crlSign: (first & 0x02) !== 0,
  }
}

function readBasicConstraints(value: Tlv): NonNullable<Extensions['basicConstraints']> {
  const reader = openOctets(value, 'the basic constraints').reader()
  const flag = reader.takeOptional(TAG.boolean)
  const pathLength = reader.takeOptional(TAG.integer)
  reader.finish('the basic constraints')
  return {
    ca: flag !== undefined && booleanOf(flag),
    ...(pathLength && { pathLength: smallInteger(pathLength) }),
  }
}

/** PrivateKeyUsagePeriod (RFC 3280, 4.2.1.4; ICAO 9303-12, 7.1.1): two moments under implicit tags. */
function readPrivateKeyUsage(value: Tlv): NonNullable<Extensions['privateKeyUsage']> {
  const reader = openOctets(value, 'the private key usage period').reader()
  const notBefore = reader.takeOptional(contextPrimitiveTag(0))
  const notAfter = reader.takeOptional(contextPrimitiveTag(1))
  reader.finish('the private key usage period')
  return {
    ...(notBefore && { notBefore: generalizedTimeOf(notBefore) }),
    ...(notAfter && { notAfter: generalizedTimeOf(notAfter) }),
  }
}

/** A version and a set of document codes; some states write the codes alone. */
function readDocumentTypes(value: Tlv, draft: Draft): string[] {
  const list = openOctets(value, 'the document type list')
  const [version, types, ...rest] = readList(list)
  if (version?.tag === TAG.integer && types?.tag === TAG.set && rest.length === 0) return readList(types).map(textOf)
  draft.deviations.push('document-types-encoding')
  return readList(list).map(textOf)
}

function readList(element: Tlv, limit = MAX_LIST_ENTRIES): Tlv[] {
  const entries = element.children()
  if (entries.length > limit) throw malformed('extension-malformed', 'a list of too many entries')
  return entries
}
