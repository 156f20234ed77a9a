import type { Deviation } from '../../check/index.ts'
import type { Certificate } from '../certificate/index.ts'
import type { Issuances } from './issued-by.ts'
import { type Purpose, suitsAsIssuer, suitsAsSigner } from './purpose.ts'

/** Signer, link certificates and anchor: states renew their key every three to five years. */
export const MAX_PATH_LENGTH = 12
/**
 * Signatures that one search may verify; whoever fills a document with certificates gains no more than this. A state has
 * up to 14 certificates under one name, and they may come in several master lists.
 */
export const MAX_SIGNATURE_CHECKS = 48

/** Where issuers are looked for. */
export interface IssuerPool {
  /** Certificates with this subject (`Name.key`), trusted or not. */
  issuersNamed(subjectKey: string): readonly Certificate[]
  isAnchor(certificate: Certificate): boolean
  readonly issuances: Issuances
}

/** From the signer to the anchor, both included. */
export interface CertificationPath {
  readonly certificates: readonly Certificate[]
  readonly deviations: readonly Deviation[]
}

/**
 * `refused`: there is an issuer, but the rules do not let the path stand. `incomplete`: the issuer of `certificate` is
 * not known, or its key is not.
 */
export type PathVerdict =
  | { readonly status: 'found'; readonly path: CertificationPath }
  | { readonly status: 'refused'; readonly code: string; readonly certificate: Certificate }
  | { readonly status: 'incomplete'; readonly certificate: Certificate }

/** `moment`: when the signer signed, undefined where nobody can say; `at`: when it is judged. */
export interface PathTimes {
  readonly moment: Date | undefined
  readonly at: Date | undefined
}

/**
 * The path from a signer to a trust anchor (RFC 5280, 6; ICAO 9303-12, 7.1), over any number of link certificates.
 * Several issuers of one name are all tried, those that the key identifier names first: the signature decides. The
 * signer's own validity is not judged here.
 *
 * Refusals: those of `suitsAsSigner`, `suitsAsIssuer` and `verifyIssuedBy` (`issuer-signature-invalid` for a signature
 * that does not verify), `signer-self-signed`, `issuer-not-valid`, `country-mismatch`, `path-length-exceeded`.
 */
export function findPath(signer: Certificate, purpose: Purpose, times: PathTimes, pool: IssuerPool): PathVerdict {
  const { refusal, deviations } = suitsAsSigner(signer, purpose)
  if (refusal) return { status: 'refused', code: refusal, certificate: signer }
  if (signer.selfIssued && pool.issuances.verdict(signer, signer).valid) {
    return { status: 'refused', code: 'signer-self-signed', certificate: signer }
  }
  const verdict = climb(signer, times, pool)
  if (verdict.status !== 'found') return verdict
  const oddities = [...deviations, ...signer.deviations, ...identifierOddities(signer, verdict.path.certificates[1]!)]
  const own = oddities.map((code): Deviation => ({ code, where: 'DSC' }))
  return { status: 'found', path: { ...verdict.path, deviations: [...own, ...verdict.path.deviations] } }
}

/**
 * The path from any certificate upwards (RFC 5280, 6.1); its own purpose is the caller's to judge. Refuses as
 * `findPath`.
 */
export function climb(start: Certificate, times: PathTimes, pool: IssuerPool): PathVerdict {
  let checks = 0
  let refused: PathVerdict | undefined
  let highest: Certificate[] = [start]

  const step = (trail: Certificate[]): CertificationPath | undefined => {
    const certificate = trail.at(-1)!
    if (trail.length > highest.length) highest = trail
    if (trail.length >= MAX_PATH_LENGTH) return undefined
    for (const issuer of candidates(certificate, pool)) {
      if (trail.includes(issuer) || checks >= MAX_SIGNATURE_CHECKS) continue
      checks++
      const signature = pool.issuances.verdict(certificate, issuer)
      if (!signature.valid) {
        const named = identifies(certificate, issuer) !== false
        if (named) refused ??= { status: 'refused', code: refusalOf(signature.code), certificate }
        continue
      }
      const { refusal, deviations } = suitability(trail, issuer, times, pool)
      if (refusal) {
        refused = { status: 'refused', code: refusal, certificate: issuer }
        continue
      }
      const path = pool.isAnchor(issuer)
        ? { certificates: [...trail, issuer], deviations: [] }
        : step([...trail, issuer])
      if (!path) continue
      const where = pool.isAnchor(issuer) ? 'CSCA' : 'link certificate'
      const oddities = [...signature.deviations, ...deviations, ...issuer.publicKey.deviations]
      return { ...path, deviations: [...path.deviations, ...oddities.map((code) => ({ code, where }))] }
    }
    return undefined
  }

  const path = step([start])
  if (path) return { status: 'found', path }
  return refused ?? { status: 'incomplete', certificate: highest.at(-1)! }
}

/** A wrong signature under the issuer's key is told from one that cannot be checked at all. */
const refusalOf = (code: string): string => (code === 'signature-invalid' ? 'issuer-signature-invalid' : code)

function candidates(certificate: Certificate, pool: IssuerPool): Certificate[] {
  const rank = (issuer: Certificate) => (identifies(certificate, issuer) ? 2 : 0) + (pool.isAnchor(issuer) ? 1 : 0)
  return [...pool.issuersNamed(certificate.issuer.key)].sort((a, b) => rank(b) - rank(a))
}

/** Whether the certificate's authority key identifier means this issuer; undefined when either says nothing. */
function identifies(certificate: Certificate, issuer: Certificate): boolean | undefined {
  const wanted = certificate.extensions.authorityKeyIdentifier
  const own = issuer.extensions.subjectKeyIdentifier
  return wanted && own && Buffer.compare(wanted, own) === 0
}

/** Whether `issuer` may stand above `trail`, whose last certificate it signed. */
function suitability(trail: readonly Certificate[], issuer: Certificate, times: PathTimes, pool: IssuerPool) {
  const suits = suitsAsIssuer(issuer)
  if (suits.refusal) return suits
  if (!validWhenNeeded(issuer, pool.isAnchor(issuer), times)) return { refusal: 'issuer-not-valid', deviations: [] }
  if (!sameCountry(trail.at(-1)!, issuer)) return { refusal: 'country-mismatch', deviations: [] }
  if (pathLength(trail) > (issuer.extensions.basicConstraints?.pathLength ?? Number.POSITIVE_INFINITY)) {
    return { refusal: 'path-length-exceeded', deviations: [] }
  }
  return suits
}

/**
 * How many authorities of their own stand between the signer and whoever comes next. A link certificate is none: issuer
 * and subject are one authority, under one name or, where it says so, a changed one (RFC 5280, 4.2.1.9; ICAO 9303-12,
 * 7.1.1.5).
 */
const pathLength = ([, ...authorities]: readonly Certificate[]): number =>
  authorities.filter(({ selfIssued, extensions }) => !selfIssued && !extensions.nameChange).length

/** An anchor counts at the time of signing; a link certificate may also have been issued after the keys it links. */
function validWhenNeeded(issuer: Certificate, isAnchor: boolean, { moment, at }: PathTimes): boolean {
  if (!moment || issuer.validAt(moment)) return true
  return !isAnchor && at !== undefined && issuer.validAt(at)
}

/** ICAO 9303-12, 7.1.1.2: the country is the same on the whole path. Where one says none, nothing disagrees. */
function sameCountry(certificate: Certificate, issuer: Certificate): boolean {
  const own = certificate.subject.country?.toUpperCase()
  const issuers = issuer.subject.country?.toUpperCase()
  return own === undefined || issuers === undefined || own === issuers
}

function identifierOddities(signer: Certificate, issuer: Certificate): string[] {
  if (!signer.extensions.authorityKeyIdentifier) return ['dsc-aki-missing']
  return identifies(signer, issuer) === false ? ['dsc-aki-mismatch'] : []
}
