import { createHash } from 'node:crypto'
import { integer, octetString, sequence, tagged } from '../pki/asn1.ts'
import { signMessage } from '../pki/signed-message.ts'
import type { DocumentSigner } from '../pki/signing-authority.ts'
import { hashAlgorithm } from '../pki/signing-key.ts'

const LDS_SECURITY_OBJECT = '2.23.136.1.1.1'

/**
 * EF.SOD: the hashes of the data groups, signed by the document signer (ICAO 9303-10, 4.6.2; RFC 5652). `dataGroups` are
 * the files by number.
 */
export function writeSecurityObject(
  dataGroups: ReadonlyMap<number, Uint8Array>,
  signer: DocumentSigner,
  signingTime: Date,
): Buffer {
  const content = ldsSecurityObject(dataGroups, signer.key.hash)
  return tagged(0x77, signMessage(LDS_SECURITY_OBJECT, content, signer, signingTime))
}

/** LDSSecurityObject, version 0: one hash for each data group, in ascending order. */
function ldsSecurityObject(dataGroups: ReadonlyMap<number, Uint8Array>, hash: DocumentSigner['key']['hash']): Buffer {
  const hashes = [...dataGroups]
    .sort(([a], [b]) => a - b)
    .map(([number, file]) => sequence(integer(number), octetString(createHash(hash).update(file).digest())))
  return sequence(integer(0), hashAlgorithm(hash), sequence(...hashes))
}
