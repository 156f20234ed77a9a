import { Fault } from '../../check/index.ts'
import { type Certificate, type Name, readCertificate } from '../certificate/index.ts'
import { digest } from '../signature/index.ts'
import { Issuances } from './issued-by.ts'
import type { ListedCertificate } from './listed-certificate.ts'
import { type MasterList, readMasterList } from './master-list.ts'
import type { RevocationPool } from './revocation.ts'
import { type RevocationList, readRevocationList } from './revocation-list.ts'
import { derObjects, type TrustFile } from './trust-file.ts'

/** Document signers whose path was found, kept per store: a state uses a few dozen at a time. */
const MAX_REMEMBERED_SIGNERS = 2_000

/** An object together with the file it was read from. */
export interface Filed<T> {
  readonly file: string
  readonly object: T
}

/** A file, or a part of one, that could not be used. */
export interface SkippedFile {
  readonly file: string
  readonly code: string
  readonly message: string
}

interface Contents {
  readonly anchors: readonly Filed<Certificate>[]
  readonly certificates: readonly Filed<Certificate>[]
  readonly revocationLists: readonly Filed<RevocationList>[]
  readonly masterLists: readonly Filed<MasterList>[]
  readonly skipped: readonly SkippedFile[]
}

/**
 * Everything that trust is derived from. It never changes once opened: a reload opens another one, and what was
 * remembered of signers goes with the old one. `id` is a hash over the sorted content.
 */
export class TrustStore implements RevocationPool, Contents {
  readonly anchors: Contents['anchors']
  readonly certificates: Contents['certificates']
  readonly revocationLists: Contents['revocationLists']
  readonly masterLists: Contents['masterLists']
  readonly skipped: Contents['skipped']
  readonly issuances = new Issuances()
  readonly verifiedLists = new WeakMap<RevocationList, boolean>()
  /** Every certificate of `certificates`, without its file. */
  readonly knownCertificates: readonly Certificate[]
  private readonly trusted: Set<Certificate>
  private readonly bySubject = new Map<string, Certificate[]>()
  /** What the trusted lists have under each subject, until it is first asked for. */
  private readonly listed = new Map<string, ListedCertificate[]>()
  private readonly listsByIssuer = new Map<string, RevocationList[]>()
  private readonly signers = new Map<string, Certificate>()

  constructor(
    readonly id: string,
    contents: Contents,
  ) {
    this.anchors = contents.anchors
    this.certificates = contents.certificates
    this.revocationLists = contents.revocationLists
    this.masterLists = contents.masterLists
    this.skipped = contents.skipped
    this.knownCertificates = contents.certificates.map(({ object }) => object)
    this.trusted = new Set(contents.anchors.map(({ object }) => object))
    for (const certificate of [...this.trusted, ...this.knownCertificates]) {
      append(this.bySubject, certificate.subject.key, certificate)
    }
    for (const entry of contents.masterLists.flatMap(trustedEntries)) {
      if (entry.subject) append(this.listed, entry.subject.key, entry)
    }
    for (const { object } of contents.revocationLists) append(this.listsByIssuer, object.issuer.key, object)
  }

  /** Nothing is trusted: no anchors, and no trusted master list that names any. */
  get empty(): boolean {
    return this.trusted.size === 0 && this.listed.size === 0
  }

  /** The anchors of a country (two letters, upper case), those of the trusted master lists included. */
  anchorsOf(country: string | undefined): Certificate[] {
    const isOfCountry = ({ subject }: { subject: Name | undefined }) => subject && countryOf(subject) === country
    const listed = this.masterLists.flatMap(trustedEntries).filter(isOfCountry)
    const own = this.anchors.map(({ object }) => object).filter(isOfCountry)
    return [...own, ...listed.flatMap(({ certificate }) => certificate ?? [])]
  }

  issuersNamed(subjectKey: string): readonly Certificate[] {
    this.readListed(subjectKey)
    return this.bySubject.get(subjectKey) ?? []
  }

  /** Reads what the trusted lists have under a subject: from then on those are anchors like any others. */
  private readListed(subjectKey: string): void {
    for (const { certificate } of this.listed.get(subjectKey) ?? []) {
      if (!certificate) continue
      this.trusted.add(certificate)
      append(this.bySubject, subjectKey, certificate)
    }
    this.listed.delete(subjectKey)
  }

  isAnchor(certificate: Certificate): boolean {
    return this.trusted.has(certificate)
  }

  listsOf(issuerKey: string): readonly RevocationList[] {
    return this.listsByIssuer.get(issuerKey) ?? []
  }

  /** A signer, by its fingerprint, whose path was found before: its key is imported, its issuer's signature verified. */
  knownSigner(fingerprint: string): Certificate | undefined {
    return this.signers.get(fingerprint)
  }

  /** Remembers a signer whose path was found; no other certificate of a document is ever remembered. */
  rememberSigner(certificate: Certificate): void {
    if (this.signers.has(certificate.fingerprint)) return
    if (this.signers.size >= MAX_REMEMBERED_SIGNERS) this.signers.delete(this.signers.keys().next().value!)
    this.signers.set(certificate.fingerprint, certificate)
  }
}

/**
 * Opens a trust folder (CSCA certificates, link certificates and signers, CRLs, master lists: ICAO 9303-12, 7 and 8):
 * `anchors/`, `certificates/`, `crls/`, and `master-lists/` with `<name>.ml` and
 * `<name>.anchor.cer`. What cannot be read is listed as skipped and never loses the rest; other files are ignored.
 */
export function openTrustStore(files: readonly TrustFile[]): TrustStore {
  const skipped: SkippedFile[] = []
  const within = (folder: string, ending = '') =>
    files.filter(({ path }) => path.startsWith(`${folder}/`) && path.endsWith(ending))
  const readAll = <T>(chosen: readonly TrustFile[], read: (der: Uint8Array, path: string) => T): Filed<T>[] =>
    chosen.flatMap((file) => readObjects(file, read, skipped))

  const anchors = readAll(within('anchors'), readCertificate)
  const certificates = readAll(within('certificates'), readCertificate)
  const revocationLists = readAll(within('crls'), readRevocationList)
  const pinned = readAll(within('master-lists', '.anchor.cer'), readCertificate)
  const masterLists = readAll(within('master-lists', '.ml'), (der, path) => {
    const anchor = pinned.find(({ file }) => file === path.replace(/\.ml$/, '.anchor.cer'))
    return readMasterList(
      der,
      anchor?.object,
      revocationLists.map(({ object }) => object),
    )
  })
  return new TrustStore(contentId(files), { anchors, certificates, revocationLists, masterLists, skipped })
}

/** The objects of one file; those that cannot be read are added to `skipped`. */
function readObjects<T>(
  file: TrustFile,
  read: (der: Uint8Array, path: string) => T,
  skipped: SkippedFile[],
): Filed<T>[] {
  const skip = (error: unknown) => {
    const { code, message } = Fault.record(error)
    skipped.push({ file: file.path, code, message })
    return []
  }
  try {
    return derObjects(file.bytes).flatMap((der) => {
      try {
        return [{ file: file.path, object: read(der, file.path) }]
      } catch (error) {
        return skip(error)
      }
    })
  } catch (error) {
    return skip(error)
  }
}

const trustedEntries = ({ object }: Filed<MasterList>): readonly ListedCertificate[] =>
  object.verdict === 'trusted' ? object.entries : []

const countryOf = ({ country }: Name): string | undefined => country?.toUpperCase()

/** Equal for equal files under equal names, in whatever order they come. */
function contentId(files: readonly TrustFile[]): string {
  const lines = files.map(({ path, bytes }) => `${digest('sha256', bytes).toString('hex')} ${path}\n`).sort()
  return `sha256:${digest('sha256', Buffer.from(lines.join(''))).toString('hex')}`
}

function append<T>(index: Map<string, T[]>, key: string, value: T): void {
  const values = index.get(key)
  if (values) values.push(value)
  else index.set(key, [value])
}
