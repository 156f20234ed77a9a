import { malformed, octetsOf, openTlv, smallInteger, TAG, type Tlv, textOf } from '../der/index.ts'
import { HASH_LENGTH, type HashName, readAlgorithmIdentifier, readHashAlgorithm } from '../signature/index.ts'

const MAX_DATA_GROUPS = 16

/** LDSSecurityObject (ICAO 9303-10, 4.6.2.3): the hashes of the data groups. */
export interface LdsSecurityObject {
  readonly hash: HashName
  /** By data group number, 1 to 16. */
  readonly dataGroupHashes: ReadonlyMap<number, Uint8Array>
  /** `0107`, `0108`: only version 1 objects say it. */
  readonly ldsVersion?: string
  readonly unicodeVersion?: string
  /** Oddities of the encoding. */
  readonly deviations: readonly string[]
}

/**
 * Reads an LDSSecurityObject (ICAO 9303-10, 4.6.2.3) of version 0 (LDS 1.7) or 1 (LDS 1.8), in DER or BER. A data group
 * listed twice or with a hash of the wrong length would leave open what was signed: throws `data-group-duplicate`,
 * `data-group-hash-length`, `data-group-number`, `lds-version`, `hash-unsupported`, or a DER fault.
 */
export function readLdsSecurityObject(content: Uint8Array): LdsSecurityObject {
  const root = openTlv(content, { ber: true })
  if (root.end !== content.length)
    throw malformed('der-trailing-bytes', 'the LDS security object is followed by others')
  if (root.tag !== TAG.sequence) throw malformed('lds-object-malformed', 'an LDS security object was expected')
  const reader = root.reader()
  const version = smallInteger(reader.take(TAG.integer, 'the version'))
  if (version > 1) throw malformed('lds-version', `an LDS security object of version ${version}`)
  const hash = readHashAlgorithm(readAlgorithmIdentifier(reader.next()))
  const dataGroupHashes = readHashes(reader.take(TAG.sequence, 'the data group hashes'), hash)
  const versions = reader.takeOptional(TAG.sequence)
  reader.finish('the LDS security object')
  const deviations = root.input.ber ? ['ber-encoding'] : []
  if (!versions) return { hash, dataGroupHashes, deviations }
  const info = versions.reader()
  const ldsVersion = textOf(info.next())
  const unicodeVersion = textOf(info.next())
  info.finish('the LDS version information')
  return { hash, dataGroupHashes, ldsVersion, unicodeVersion, deviations }
}

function readHashes(list: Tlv, hash: HashName): Map<number, Uint8Array> {
  const hashes = new Map<number, Uint8Array>()
  for (const entry of list.children()) {
    const reader = entry.reader()
    const number = smallInteger(reader.take(TAG.integer, 'a data group number'))
    const value = octetsOf(reader.next())
    reader.finish('a data group hash')
    if (number < 1 || number > MAX_DATA_GROUPS) throw malformed('data-group-number', `a data group ${number}`)
    if (hashes.has(number)) throw malformed('data-group-duplicate', `data group ${number} is listed twice`)
    if (value.length !== HASH_LENGTH[hash]) {
      throw malformed('data-group-hash-length', `the hash of data group ${number} is not as long as ${hash}`)
    }
    hashes.set(number, value)
  }
  return hashes
}
