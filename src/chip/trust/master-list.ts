import type { Deviation, Outcome } from '../../check/index.ts'
import { type Certificate, readCertificate } from '../certificate/index.ts'
import {
  findSigners,
  readSignedData,
  type SignedData,
  verifyMessageDigest,
  verifySignerSignature,
} from '../cms/index.ts'
import { malformed, openDer, smallInteger, TAG } from '../der/index.ts'
import { Issuances } from './issued-by.ts'
import { ListedCertificate, type RejectedEntry } from './listed-certificate.ts'
import { findPath, type PathVerdict } from './path.ts'
import { suitsAsSigner } from './purpose.ts'
import { listedOn, type RevocationPool } from './revocation.ts'
import type { RevocationList } from './revocation-list.ts'

const CSCA_MASTER_LIST = '2.23.136.1.1.2'
/** The world has some 1 200 CSCA certificates; the longest list of 2026 has 588. */
export const MAX_LISTED_CERTIFICATES = 20_000

/** What a master list holds and whether its signer leads to the anchor that was pinned for it. */
export class MasterList {
  constructor(
    readonly verdict: 'trusted' | 'untrusted',
    /** Why it is not trusted. */
    readonly code: string | undefined,
    readonly entries: readonly ListedCertificate[],
    readonly deviations: readonly Deviation[],
  ) {}

  /** Those that can be read; asking for them reads every one. */
  get certificates(): readonly Certificate[] {
    return this.entries.flatMap(({ certificate }) => certificate ?? [])
  }

  /** Those that cannot. */
  get rejected(): readonly RejectedEntry[] {
    return this.entries.flatMap(({ rejection }) => rejection ?? [])
  }
}

/**
 * Reads and verifies a CSCA master list (ICAO 9303-12, 8) against its pinned anchor, which is the signer or above
 * it: the signer needs the purpose of signing master lists, and was valid when it signed. An untrusted list's certificates are reported, never used. A bad
 * entry is rejected alone, when it is met. Throws a `malformed` fault when it is no master list at all.
 *
 * Codes: `anchor-missing`, `signer-info-count`, `signer-certificate-missing`, `signer-not-valid`, `issuer-unknown`, those
 * of `verifyMessageDigest`, `verifySignerSignature`, `findPath` and, from `revocationLists`, `listedOn`.
 */
export function readMasterList(
  bytes: Uint8Array,
  anchor: Certificate | undefined,
  revocationLists: readonly RevocationList[] = [],
): MasterList {
  const data = readSignedData(bytes)
  if (data.contentType !== CSCA_MASTER_LIST) throw malformed('master-list-content-type', 'this is no master list')
  const entries = openEntries(data.content)
  const deviations = data.deviations.map((code): Deviation => ({ code, where: 'master list' }))
  const judged = anchor ? judgeSignature(data, anchor, revocationLists) : 'anchor-missing'
  return typeof judged === 'string'
    ? new MasterList('untrusted', judged, entries, deviations)
    : new MasterList('trusted', undefined, entries, [...deviations, ...judged])
}

/** CscaMasterList: a version and a set of certificates. */
function openEntries(content: Uint8Array): ListedCertificate[] {
  const reader = openDer(content, 'the master list').reader()
  const version = smallInteger(reader.take(TAG.integer, 'the version'))
  if (version !== 0) throw malformed('master-list-version', `a master list of version ${version}`)
  const entries = reader.take(TAG.set, 'the certificates').children()
  reader.finish('the master list')
  if (entries.length > MAX_LISTED_CERTIFICATES) throw malformed('master-list-too-long', 'too many certificates')
  return entries.map(({ encoding }, index) => new ListedCertificate(index, encoding))
}

/** The deviations of a signature that holds, or the code of what is wrong with it. */
function judgeSignature(
  data: SignedData,
  anchor: Certificate,
  revocationLists: readonly RevocationList[],
): readonly Deviation[] | string {
  const [signer, ...others] = data.signers
  if (!signer || others.length > 0) return 'signer-info-count'
  const digest: Outcome = verifyMessageDigest(data, signer)
  if (digest.status !== 'passed') return digest.code
  const embedded = readable(data.certificates)
  const pool: RevocationPool = {
    issuersNamed: (key) => [anchor, ...embedded].filter(({ subject }) => subject.key === key),
    isAnchor: (certificate) => certificate === anchor,
    issuances: new Issuances(),
    listsOf: (key) => revocationLists.filter(({ issuer }) => issuer.key === key),
    verifiedLists: new WeakMap(),
  }
  let refusal = 'signer-certificate-missing'
  for (const { certificate, deviations } of findSigners(signer.identifier, embedded, [])) {
    const signature = verifySignerSignature(data, signer, certificate)
    if (!signature.valid) {
      refusal = signature.code
      continue
    }
    const moment = signer.attributes?.signingTime
    if (moment && !certificate.validAt(moment)) return 'signer-not-valid'
    const verdict = isPinned(certificate, anchor)
      ? pinnedSigner(certificate)
      : findPath(certificate, 'master-list-signer', { moment, at: moment }, pool)
    if (verdict.status === 'refused') return verdict.code
    if (verdict.status === 'incomplete') return 'issuer-unknown'
    const revoked = listedOn(verdict.path.certificates, pool)
    if (revoked) return revoked.code
    const timeless = moment ? [] : ['signing-time-missing']
    const oddities = [...deviations, ...signature.deviations, ...timeless]
    return [...oddities.map((code) => ({ code, where: 'master list' })), ...verdict.path.deviations]
  }
  return refusal
}

const isPinned = (signer: Certificate, anchor: Certificate): boolean =>
  Buffer.compare(signer.encoding, anchor.encoding) === 0

/** The signer itself was pinned: nothing leads further, but it must be meant for this. */
function pinnedSigner(signer: Certificate): PathVerdict {
  const { refusal, deviations } = suitsAsSigner(signer, 'master-list-signer')
  if (refusal) return { status: 'refused', code: refusal, certificate: signer }
  const oddities = deviations.map((code) => ({ code, where: 'DSC' }))
  return { status: 'found', path: { certificates: [signer], deviations: oddities } }
}

function readable(encodings: readonly Uint8Array[]): Certificate[] {
  return encodings.flatMap((encoding) => {
    try {
      return [readCertificate(encoding)]
    } catch {
      return [] // what cannot be read cannot have signed
    }
  })
}
