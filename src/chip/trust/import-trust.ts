import { Fault } from '../../check/index.ts'
import { type Certificate, readCertificate } from '../certificate/index.ts'
import { readSignedData } from '../cms/index.ts'
import { malformed, openTlv, TAG } from '../der/index.ts'
import { digest } from '../signature/index.ts'
import { verifyIssuedBy } from './issued-by.ts'
import { isLdif, readLdif } from './ldif.ts'
import type { RejectedEntry } from './listed-certificate.ts'
import { readMasterList } from './master-list.ts'
import { readRevocationList } from './revocation-list.ts'
import { derObjects, type TrustFile } from './trust-file.ts'

export type ImportedKind = 'anchor' | 'certificate' | 'crl' | 'master-list'

/** One object that belongs into the trust folder. */
export interface ImportedObject {
  readonly source: string
  readonly kind: ImportedKind
  /** Whose certificate or list it is, for people. */
  readonly subject: string
  readonly sha256: string
  /** How many certificates a master list brings. */
  readonly certificates?: number
  /** Entries of a master list that cannot be read. */
  readonly rejected?: readonly RejectedEntry[]
}

/** An object that was left out. `entry` counts the objects of the source from 1. */
export interface SkippedObject {
  readonly source: string
  readonly entry: number
  readonly code: string
  readonly message: string
}

/** The files to write, relative to the trust folder, and what is in them. */
export interface TrustImport {
  readonly files: readonly TrustFile[]
  readonly imported: readonly ImportedObject[]
  readonly skipped: readonly SkippedObject[]
}

interface Sorted extends ImportedObject {
  readonly bytes: Uint8Array
  /** The certificate that a master list's signer leads to. */
  readonly anchor?: Uint8Array
}

/**
 * Sorts certificates, revocation lists and master lists into the layout of a trust folder. A source is a DER or PEM file,
 * a master list, or LDIF of the ICAO PKD. A self-signed certificate becomes an anchor only out of a file of its own, whose
 * giver answers for it; out of a directory it is a certificate like any other. A master list needs one of `anchors` (DER
 * or PEM) that its signer leads to. Bad objects are skipped alone; the same sources give the same files.
 *
 * Throws a `malformed` fault where one of `anchors` is no certificate.
 */
export function importTrust(sources: readonly TrustFile[], anchors: readonly Uint8Array[]): TrustImport {
  const pinned = anchors.flatMap(derObjects).map(readCertificate)
  const known = new Set<string>()
  const files: TrustFile[] = []
  const imported: ImportedObject[] = []
  const skipped: SkippedObject[] = []
  for (const source of sources) {
    const objects: Sorted[] = []
    const skip = (entry: number, error: unknown) => {
      const { code, message } = Fault.record(error)
      skipped.push({ source: source.path, entry, code, message })
    }
    const { encodings, directory } = takeApart(source, skip)
    for (const [index, bytes] of encodings.entries()) {
      try {
        const object = { source: source.path, ...sortObject(bytes, directory, pinned) }
        if (known.has(object.sha256)) continue
        known.add(object.sha256)
        objects.push(object)
      } catch (error) {
        skip(index + 1, error)
      }
    }
    files.push(...filesFor(source, objects))
    imported.push(...objects.map(({ bytes, anchor, ...facts }) => facts))
  }
  return { files, imported, skipped }
}

/** The objects of a source, and whether it is a directory: a collection whose entries nobody has looked at. */
function takeApart(
  { bytes }: TrustFile,
  skip: (entry: number, error: unknown) => void,
): { encodings: readonly Uint8Array[]; directory: boolean } {
  try {
    const text = bytes[0] === TAG.sequence ? '' : Buffer.from(bytes).toString('latin1')
    const directory = isLdif(text)
    return { encodings: directory ? readLdif(text) : derObjects(bytes), directory }
  } catch (error) {
    skip(1, error)
    return { encodings: [], directory: false }
  }
}

/** What an object is shows in how it starts: a ContentInfo with an identifier, the others with their signed part. */
function sortObject(bytes: Uint8Array, directory: boolean, pinned: readonly Certificate[]): Omit<Sorted, 'source'> {
  const facts = { bytes, sha256: digest('sha256', bytes).toString('hex') }
  const first = openTlv(bytes, { ber: true }).reader().next()
  if (first.tag === TAG.objectIdentifier) return { ...facts, ...sortMasterList(bytes, pinned) }
  const isList = first
    .children()
    .slice(0, 4)
    .some(({ tag }) => tag === TAG.utcTime || tag === TAG.generalizedTime)
  if (isList) return { ...facts, kind: 'crl', subject: readRevocationList(bytes).issuer.text }
  const certificate = readCertificate(bytes)
  const kind = !directory && isSelfSignedAuthority(certificate) ? 'anchor' : 'certificate'
  return { ...facts, kind, subject: certificate.subject.text }
}

function isSelfSignedAuthority(certificate: Certificate): boolean {
  if (certificate.subject.key !== certificate.issuer.key) return false
  return certificate.extensions.basicConstraints?.ca !== false && verifyIssuedBy(certificate, certificate).valid
}

function sortMasterList(bytes: Uint8Array, pinned: readonly Certificate[]) {
  const lists = pinned.map((anchor) => ({ anchor, list: readMasterList(bytes, anchor) }))
  const trusted = lists.find(({ list }) => list.verdict === 'trusted')
  if (!trusted) throw untrusted(bytes, lists.find(({ list }) => list.code !== 'issuer-unknown')?.list.code)
  const { anchor, list } = trusted
  return {
    kind: 'master-list' as const,
    subject: `signed under ${anchor.subject.text}`,
    certificates: list.certificates.length,
    rejected: list.rejected,
    anchor: anchor.encoding,
  }
}

/** Why a list is not trusted, with whose certificate would make it so. */
function untrusted(bytes: Uint8Array, code = 'anchor-missing'): Fault {
  readMasterList(bytes, undefined) // something that is no list says so
  const issuers = readSignedData(bytes).certificates.flatMap((encoding) => {
    try {
      return [readCertificate(encoding).issuer.text]
    } catch {
      return []
    }
  })
  const needed = [...new Set(issuers)].join('" or "')
  return code === 'anchor-missing'
    ? malformed(code, `no anchor given leads to this master list's signer: you need --anchor with "${needed}"`)
    : malformed(code, 'this master list is not validly signed')
}

/** One PEM bundle for each kind, so that a directory of 30 000 signers stays few files; master lists as they came. */
function filesFor({ path, bytes }: TrustFile, objects: readonly Sorted[]): TrustFile[] {
  const fileName = path.split(/[\\/]/).at(-1)!
  const name = `${fileName
    .replace(/\.[A-Za-z0-9]{1,5}$/, '')
    .replace(/[^A-Za-z0-9._-]/g, '-')
    .replace(/^\.+/, '')}-${shortHash(bytes)}`
  const lists = objects.filter(({ kind }) => kind === 'master-list')
  return [
    ...bundles(`anchors/${name}`, 'CERTIFICATE', objects, 'anchor'),
    ...bundles(`certificates/${name}`, 'CERTIFICATE', objects, 'certificate'),
    ...bundles(`crls/${name}`, 'X509 CRL', objects, 'crl'),
    ...lists.flatMap((list) => {
      const stem = `master-lists/${lists.length > 1 ? `${name}-${shortHash(list.bytes)}` : name}`
      return [
        { path: `${stem}.ml`, bytes: list.bytes },
        { path: `${stem}.anchor.cer`, bytes: list.anchor! },
      ]
    }),
  ]
}

/** Certificates in one bundle: half of what the trust store reads from one file. */
const MAX_BUNDLED = 10_000

function bundles(path: string, label: string, objects: readonly Sorted[], kind: ImportedKind): TrustFile[] {
  const chosen = objects.filter((object) => object.kind === kind)
  const files: TrustFile[] = []
  for (let start = 0; start < chosen.length; start += MAX_BUNDLED) {
    const part = start === 0 ? '' : `.${start / MAX_BUNDLED + 1}`
    const blocks = chosen.slice(start, start + MAX_BUNDLED).map(({ bytes }) => pem(label, bytes))
    files.push({ path: `${path}${part}.pem`, bytes: Buffer.from(blocks.join('')) })
  }
  return files
}

function pem(label: string, bytes: Uint8Array): string {
  const lines =
    Buffer.from(bytes)
      .toString('base64')
      .match(/.{1,64}/g) ?? []
  return `-----BEGIN ${label}-----\n${lines.join('\n')}\n-----END ${label}-----\n`
}

const shortHash = (bytes: Uint8Array): string => digest('sha256', bytes).toString('hex').slice(0, 12)
