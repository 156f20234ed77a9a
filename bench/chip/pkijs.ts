import { fromBER } from 'asn1js'
import { Certificate, ContentInfo, CryptoEngine, SignedData, setEngine } from 'pkijs'
import { openTlv } from '../../src/chip/der/index.ts'
import type { BenchPassport } from './passport.ts'

/**
 * The signature of EF.SOD as pkijs verifies it: parsed by asn1js, under the embedded signer, without its path and without
 * the data groups. Answers whether it holds; throws where pkijs cannot read the key.
 */
export function pkijsSignature({ files }: BenchPassport): () => Promise<boolean> {
  setEngine('node', new CryptoEngine({ name: 'node', crypto: globalThis.crypto as never }))
  const message = Uint8Array.from(openTlv(files.EF_SOD!).value)
  return async () => {
    const info = new ContentInfo({ schema: fromBER(message.buffer as ArrayBuffer).result })
    const data = new SignedData({ schema: info.content })
    const certificates = (data.certificates ?? []).filter((one): one is Certificate => one instanceof Certificate)
    return data.verify({ signer: 0, checkChain: false, trustedCerts: certificates })
  }
}
