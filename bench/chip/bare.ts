import { constants, createPublicKey, hash, type KeyObject, verify } from 'node:crypto'
import { readCertificate } from '../../src/chip/certificate/index.ts'
import { readLdsSecurityObject, readSignedData } from '../../src/chip/cms/index.ts'
import { bitStringOctets, openTlv } from '../../src/chip/der/index.ts'
import { type EcPublicKey, readSignatureAlgorithm, type SignatureAlgorithm } from '../../src/chip/signature/index.ts'
import type { BenchPassport } from './passport.ts'

/** The calls of node:crypto that a passport cannot do without, and nothing else. */
export interface BareCalls {
  /** Import both keys, verify both signatures, hash the certificate's rest, the content and both data groups. */
  first(): void
  /** The signature of EF.SOD under a key that is there, and the same hashes. */
  warm(): void
}

/** Takes a passport apart once, so that only the calls themselves are measured. */
export function bareCalls({ files, csca, dsc }: BenchPassport): BareCalls {
  const data = readSignedData(openTlv(files.EF_SOD!).value)
  const signer = data.signers[0]!
  const attributes = signer.attributes!.received
  const signerCertificate = readCertificate(dsc)
  const sodOptions = optionsOf(readSignatureAlgorithm(signer.signatureAlgorithm))
  const certificateOptions = optionsOf(readSignatureAlgorithm(signerCertificate.outerAlgorithm))
  const importSigner = importerOf(dsc)
  const importAuthority = importerOf(csca)
  const signerKey = importSigner()
  const groupHash = readLdsSecurityObject(data.content).hash

  const verifySod = (key: KeyObject) => {
    demand(verify(sodOptions.hash, attributes, { key, ...sodOptions.padding }, signer.signature))
    for (const hashed of [data.content, files.DG1!, files.DG2!]) hash(groupHash, hashed, 'binary')
  }
  return {
    first: () => {
      const authority = { key: importAuthority(), ...certificateOptions.padding }
      const { signedBytes, signature } = signerCertificate
      demand(verify(certificateOptions.hash, signedBytes, authority, signature))
      verifySod(importSigner())
    },
    warm: () => verifySod(signerKey),
  }
}

/** The cheapest way to import a key: RSA as PKCS #1, a curve by its name. */
function importerOf(encoding: Uint8Array): () => KeyObject {
  const { publicKey } = readCertificate(encoding)
  if (publicKey.kind === 'rsa') {
    const pkcs1 = publicKey.key.export({ format: 'der', type: 'pkcs1' })
    return () => createPublicKey({ key: pkcs1, format: 'der', type: 'pkcs1' })
  }
  const spki = (publicKey satisfies EcPublicKey).key.export({ format: 'der', type: 'spki' })
  demand(bitStringOctets(openTlv(spki).children()[1]!).length > 0)
  return () => createPublicKey({ key: spki, format: 'der', type: 'spki' })
}

function optionsOf(algorithm: SignatureAlgorithm): {
  hash: string
  padding: { padding?: number; saltLength?: number }
} {
  if (algorithm.kind !== 'rsa-pss') return { hash: algorithm.hash!, padding: {} }
  return {
    hash: algorithm.hash,
    padding: { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: algorithm.saltLength },
  }
}

function demand(holds: boolean): void {
  if (!holds) throw new Error('a signature of the bench does not hold')
}
