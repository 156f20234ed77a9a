import { type Evidence, Fault, failed, indeterminate, type Outcome, passed } from '../../check/index.ts'
import type { Certificate } from '../certificate/index.ts'
import { readSignatureAlgorithm, verifySignature } from '../signature/index.ts'
import { climb, type IssuerPool } from './path.ts'
import { type RevocationList, serialKey } from './revocation-list.ts'

/** Where revocation lists are found; `verified` remembers what became of each. */
export interface RevocationPool extends IssuerPool {
  listsOf(issuerKey: string): readonly RevocationList[]
  readonly verifiedLists: WeakMap<RevocationList, boolean>
}

/**
 * Whether a path's certificates stand on a revocation list (RFC 5280, 6.3; ICAO 9303-12, 7.2). A list counts when a
 * trusted authority of the issuer's name signed it, with whatever key: after a change of keys the newest key signs for
 * all. A listed certificate is refused whatever the date of its revocation and however old the list.
 *
 * Failed: `signer-revoked`, `issuer-revoked`. Indeterminate: `no-crl`, `crl-not-verified`, `crl-stale`,
 * `crl-not-yet-valid`, `crl-unsupported`.
 */
export function checkRevocation(path: readonly Certificate[], at: Date, pool: RevocationPool): Outcome {
  const listed = listedOn(path, pool)
  if (listed) return listed
  const signer = path[0]!
  const lists = [...listsFor(signer, pool)].sort((a, b) => b.thisUpdate.getTime() - a.thisUpdate.getTime())
  const newest = lists.find((list) => list.thisUpdate <= at) ?? lists[0]
  if (!newest) return indeterminate(pool.listsOf(signer.issuer.key).length > 0 ? 'crl-not-verified' : 'no-crl')
  const facts = factsOf(newest)
  if (newest.thisUpdate > at) return indeterminate('crl-not-yet-valid', facts)
  if (!newest.nextUpdate || newest.nextUpdate < at) return indeterminate('crl-stale', facts)
  return newest.complete ? passed(facts) : indeterminate('crl-unsupported', facts)
}

/** Failed where a certificate of the path is listed (RFC 5280, 6.3.3): `signer-revoked`, `issuer-revoked`. */
export function listedOn(path: readonly Certificate[], pool: RevocationPool): Outcome | undefined {
  for (const [position, certificate] of path.entries()) {
    const serial = serialKey(certificate.serialNumber)
    const listed = listsFor(certificate, pool).find((list) => list.revoked.has(serial))
    if (listed) return failed(position === 0 ? 'signer-revoked' : 'issuer-revoked', factsOf(listed))
  }
  return undefined
}

/** The verified lists of the authority that issued a certificate. */
function listsFor({ issuer }: Certificate, pool: RevocationPool): RevocationList[] {
  return pool.listsOf(issuer.key).filter((list) => isVerified(list, pool))
}

/**
 * Whether a trusted authority of the list's issuer name, allowed to sign lists (RFC 5280, 6.3.3 f and g), signed it.
 */
export function isVerified(list: RevocationList, pool: RevocationPool): boolean {
  const known = pool.verifiedLists.get(list)
  if (known !== undefined) return known
  const verified = pool
    .issuersNamed(list.issuer.key)
    .some((authority) => signedBy(list, authority) && isTrusted(authority, list, pool))
  pool.verifiedLists.set(list, verified)
  return verified
}

function signedBy(list: RevocationList, authority: Certificate): boolean {
  const { keyUsage, unknownCritical } = authority.extensions
  if ((keyUsage && !keyUsage.crlSign) || unknownCritical.length > 0) return false
  if (Buffer.compare(list.innerAlgorithm.encoding, list.outerAlgorithm.encoding) !== 0) return false
  try {
    const algorithm = readSignatureAlgorithm(list.outerAlgorithm)
    return verifySignature(algorithm, authority.publicKey, list.signedBytes, list.signature).valid
  } catch (error) {
    if (error instanceof Fault) return false
    throw error
  }
}

function isTrusted(authority: Certificate, { thisUpdate }: RevocationList, pool: RevocationPool): boolean {
  if (pool.isAnchor(authority)) return true
  if (!authority.extensions.basicConstraints?.ca) return false
  return climb(authority, { moment: thisUpdate, at: thisUpdate }, pool).status === 'found'
}

const factsOf = ({ issuer, thisUpdate, nextUpdate }: RevocationList): Evidence => ({
  issuer: issuer.text,
  thisUpdate: thisUpdate.toISOString(),
  ...(nextUpdate && { nextUpdate: nextUpdate.toISOString() }),
})
