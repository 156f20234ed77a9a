import { createHash, webcrypto } from 'node:crypto'
import { fromBER, Integer, ObjectIdentifier, OctetString, Sequence } from 'asn1js'
import { Certificate, ContentInfo, CryptoEngine, SignedData, setEngine } from 'pkijs'
import { openTlv } from '../../../src/chip/der/index.ts'
import type { ChipEvidence } from '../../../src/chip/index.ts'

setEngine('node', new CryptoEngine({ name: 'node', crypto: webcrypto as never }))

type Files = ChipEvidence['files']

/** Whether the signature of EF.SOD holds under the embedded signer; throws where pkijs cannot read the message or the key. */
export async function pkijsSignature(sod: Uint8Array): Promise<boolean> {
  const data = readMessage(sod)
  return data.verify({ signer: 0, checkChain: false, trustedCerts: certificatesOf(data) })
}

/**
 * Passive authentication as one would write it with pkijs and asn1js: the signature of EF.SOD, the signer's chain to one of
 * the anchors, the hashes of the data groups.
 */
export async function pkijsAccepts(files: Files, anchors: readonly Uint8Array[], at: Date): Promise<boolean> {
  try {
    const data = readMessage(files.EF_SOD!)
    const trustedCerts = anchors.map((anchor) => Certificate.fromBER(Uint8Array.from(anchor)))
    const holds = await data.verify({ signer: 0, checkChain: true, checkDate: at, trustedCerts })
    return holds && hashesAgree(data, files)
  } catch {
    return false
  }
}

function readMessage(sod: Uint8Array): SignedData {
  const message = Uint8Array.from(openTlv(sod, { ber: true }).value)
  const info = new ContentInfo({ schema: fromBER(message.buffer as ArrayBuffer).result })
  return new SignedData({ schema: info.content })
}

const certificatesOf = ({ certificates = [] }: SignedData): Certificate[] =>
  certificates.filter((one): one is Certificate => one instanceof Certificate)

const HASHES: Readonly<Record<string, string>> = {
  '1.3.14.3.2.26': 'sha1',
  '2.16.840.1.101.3.4.2.4': 'sha224',
  '2.16.840.1.101.3.4.2.1': 'sha256',
  '2.16.840.1.101.3.4.2.2': 'sha384',
  '2.16.840.1.101.3.4.2.3': 'sha512',
}

/** LDSSecurityObject: version, hash algorithm, hashes by data group. */
function hashesAgree({ encapContentInfo }: SignedData, files: Files): boolean {
  const content = encapContentInfo.eContent!.getValue()
  const [, algorithm, list] = partsOf(fromBER(content).result)
  const [identifier] = partsOf(algorithm)
  const hash = identifier instanceof ObjectIdentifier ? HASHES[identifier.valueBlock.toString()] : undefined
  if (!hash) return false
  const listed = new Map(
    partsOf(list).map((entry) => {
      const [number, value] = partsOf(entry)
      if (!(number instanceof Integer && value instanceof OctetString)) throw new Error('no hash of a data group')
      return [`DG${number.valueBlock.valueDec}`, Buffer.from(value.getValue())]
    }),
  )
  return Object.entries(files).every(([name, file]) => {
    if (!name.startsWith('DG')) return true
    return listed.get(name)?.equals(createHash(hash).update(file).digest()) ?? false
  })
}

function partsOf(element: unknown) {
  if (!(element instanceof Sequence)) throw new Error('no sequence')
  return element.valueBlock.value
}
