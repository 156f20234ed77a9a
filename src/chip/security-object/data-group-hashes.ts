import { type Evidence, failed, notPerformed, type Outcome, passed } from '../../check/index.ts'
import type { LdsSecurityObject } from '../cms/index.ts'
import { openTlv } from '../der/index.ts'
import type { ChipEvidence, ChipFileName } from '../report.ts'
import { type HashName, hasDigest } from '../signature/index.ts'

const DATA_GROUPS = Array.from({ length: 16 }, (_, index) => `DG${index + 1}` as ChipFileName)

/** The outcome, and which data groups the hashes vouch for. */
export interface HashFinding {
  readonly outcome: Outcome
  readonly verified: ReadonlySet<number>
}

/**
 * Every data group given is listed in EF.SOD and its hash agrees (ICAO 9303-11, 5.1). One that is listed but was not read
 * is no failure. Failed: `data-group-not-listed`, `data-group-hash-mismatch`. Not performed: `no-data-groups`.
 */
export function verifyDataGroupHashes(files: ChipEvidence['files'], object: LdsSecurityObject): HashFinding {
  const verified: number[] = []
  const mismatched: number[] = []
  const notListed: number[] = []
  for (const [index, name] of DATA_GROUPS.entries()) {
    const number = index + 1
    const bytes = files[name]
    if (!bytes) continue
    const expected = object.dataGroupHashes.get(number)
    if (!expected) notListed.push(number)
    else if (agrees(object.hash, bytes, expected)) verified.push(number)
    else mismatched.push(number)
  }
  const notRead = [...object.dataGroupHashes.keys()].filter((number) => !files[DATA_GROUPS[number - 1]!])
  const evidence: Evidence = { hash: object.hash, verified, mismatched, notListed, notRead }
  const outcome = (() => {
    if (verified.length + mismatched.length + notListed.length === 0) return notPerformed('no-data-groups', evidence)
    if (notListed.length > 0) return failed('data-group-not-listed', evidence)
    return mismatched.length > 0 ? failed('data-group-hash-mismatch', evidence) : passed(evidence)
  })()
  return { outcome, verified: new Set(verified) }
}

/** The hash of the file as it came, or without the zeros that follow it in a file that was read at its fixed size. */
function agrees(hash: HashName, bytes: Uint8Array, expected: Uint8Array): boolean {
  if (hasDigest(hash, bytes, expected)) return true
  const padded = bytes[bytes.length - 1] === 0
  return padded && hasDigest(hash, withoutPadding(bytes), expected)
}

function withoutPadding(bytes: Uint8Array): Uint8Array {
  try {
    const { end } = openTlv(bytes, { ber: true })
    return bytes.subarray(end).every((octet) => octet === 0) ? bytes.subarray(0, end) : bytes
  } catch {
    return bytes
  }
}
