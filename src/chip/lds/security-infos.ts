import { malformed, oidOf, smallInteger, TAG, type Tlv } from '../der/index.ts'
import type { Note } from './note.ts'

/** Infos in one file; real chips have under twenty. */
const MAX_SECURITY_INFOS = 128

/** What the chip can do, by kind (ICAO 9303-11, 9.2; BSI TR-03110-3, A.1.1). `protocol` is a dotted identifier. */
export type SecurityInfo =
  | { readonly kind: 'pace'; readonly protocol: string; readonly version: number; readonly parameterId?: number }
  | { readonly kind: 'pace-parameters'; readonly protocol: string; readonly parameterId?: number }
  | ChipAuthenticationOption
  | { readonly kind: 'chip-authentication-parameters'; readonly protocol: string; readonly keyId?: number }
  | ChipAuthenticationKey
  | { readonly kind: 'terminal-authentication'; readonly protocol: string; readonly version: number }
  | ActiveAuthenticationOption
  | { readonly kind: 'restricted-identification'; readonly protocol: string }
  | { readonly kind: 'card-info' | 'eid-security' | 'privileged-terminal' | 'unknown'; readonly protocol: string }
  | { readonly kind: 'ef-dir'; readonly protocol: string; readonly content: Uint8Array }

/** A variant of chip authentication that the chip offers, for the key of the same number. */
export interface ChipAuthenticationOption {
  readonly kind: 'chip-authentication'
  readonly protocol: string
  readonly version: number
  readonly keyId?: number
}

/** A public key of the chip: for chip authentication, or for PACE with chip authentication mapping. */
export interface ChipAuthenticationKey {
  readonly kind: 'chip-authentication-key'
  readonly protocol: string
  /** SubjectPublicKeyInfo, DER. */
  readonly publicKey: Uint8Array
  readonly keyId?: number
}

/** How the chip signs in active authentication with elliptic curves. */
export interface ActiveAuthenticationOption {
  readonly kind: 'active-authentication'
  readonly protocol: string
  readonly version: number
  /** The signature algorithm, as in 0.4.0.127.0.7.1.1.4.1.3 (ecdsa-plain-SHA256). */
  readonly signatureAlgorithm: string
}

const BSI = '0.4.0.127.0.7.2.2.'
const ICAO = '2.23.136.1.1.'

/**
 * Reads `SecurityInfos ::= SET OF SecurityInfo` (ICAO 9303-11, 9.2; BSI TR-03110-3, A.1.1): EF.CardAccess, DG14, and
 * the content of EF.CardSecurity. Kinds that are not known are kept by their identifier. One that is not built as its
 * kind demands is noted as `security-info` and kept as unknown: a chip's other abilities do not depend on it. Throws
 * `security-infos-too-many`.
 */
export function readSecurityInfos(set: Tlv, note: Note): readonly SecurityInfo[] {
  if (set.tag !== TAG.set) throw malformed('security-infos-tag', 'security infos are a set')
  const elements = set.children()
  if (elements.length > MAX_SECURITY_INFOS) {
    throw malformed('security-infos-too-many', `more than ${MAX_SECURITY_INFOS} security infos`)
  }
  return elements.map((element) => readSecurityInfo(element, note))
}

function readSecurityInfo(element: Tlv, note: Note): SecurityInfo {
  if (element.tag !== TAG.sequence) throw malformed('security-info-tag', 'a security info is a sequence')
  const [identifier, required, optional, ...rest] = element.children()
  const protocol = identifier ? oidOf(identifier) : ''
  if (!required || rest.length > 0) throw malformed('security-info-fields', 'a security info of impossible length')
  try {
    return readKind(protocol, required, optional)
  } catch {
    note('security-info', { protocol })
    return { kind: 'unknown', protocol }
  }
}

function readKind(protocol: string, required: Tlv, optional: Tlv | undefined): SecurityInfo {
  const keyId = optional && optional.tag === TAG.integer ? { keyId: smallInteger(optional) } : {}
  if (protocol === `${ICAO}5`) {
    if (!optional) throw malformed('security-info-fields', 'active authentication without its signature algorithm')
    return {
      kind: 'active-authentication',
      protocol,
      version: smallInteger(required),
      signatureAlgorithm: oidOf(optional),
    }
  }
  if (protocol === `${ICAO}13`) return { kind: 'ef-dir', protocol, content: required.value }
  if (!protocol.startsWith(BSI)) return { kind: 'unknown', protocol }
  const arcs = protocol.slice(BSI.length).split('.')
  const isVariant = arcs.length === 3
  switch (arcs[0]) {
    case '1':
      if (required.tag !== TAG.sequence) throw malformed('security-info-key', 'a public key is a sequence')
      return { kind: 'chip-authentication-key', protocol, publicKey: required.encoding, ...keyId }
    case '2':
      return { kind: 'terminal-authentication', protocol, version: smallInteger(required) }
    case '3':
      return isVariant
        ? { kind: 'chip-authentication', protocol, version: smallInteger(required), ...keyId }
        : { kind: 'chip-authentication-parameters', protocol, ...keyId }
    case '4': {
      const parameterId = optional ? { parameterId: smallInteger(optional) } : {}
      return isVariant
        ? { kind: 'pace', protocol, version: smallInteger(required), ...parameterId }
        : { kind: 'pace-parameters', protocol, ...parameterId }
    }
    case '5':
      return { kind: 'restricted-identification', protocol }
    case '6':
      return { kind: 'card-info', protocol }
    case '7':
      return { kind: 'eid-security', protocol }
    case '8':
      return { kind: 'privileged-terminal', protocol }
    default:
      return { kind: 'unknown', protocol }
  }
}
