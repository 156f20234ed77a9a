import { encodeTlv } from '../../../src/chip/der/index.ts'
import type { ChipEvidence } from '../../../src/chip/index.ts'
import { authority, type CertificateOptions, certificate, name, signerExtensions } from './certificates.ts'
import { ecdsa, ecKey, type SigningKey } from './keys.ts'
import { byIssuer, ldsSecurityObject, type MessageOptions, signedMessage } from './messages.ts'

export const CSCA = 'Utopia CSCA'
export const DSC = 'Document Signer 7'
export const DSC_SERIAL = 77

const MRZ = 'P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<L898902C36UTO7408122F1204159ZE184226B<<<<<10'

export const dg1 = (mrz = MRZ) => encodeTlv(0x61, encodeTlv(0x5f1f, Buffer.from(mrz)))

export interface PassportOptions {
  readonly cscaKey?: SigningKey
  readonly dscKey?: SigningKey
  readonly csca?: (key: SigningKey) => Uint8Array
  readonly signer?: Partial<CertificateOptions>
  readonly message?: Partial<MessageOptions>
  readonly groupHash?: string
  readonly groups?: ReadonlyMap<number, Uint8Array>
  readonly sod?: (file: Buffer) => Buffer
  /** Further files of the trust folder, or others in place of the CSCA. */
  readonly trust?: Record<string, Uint8Array>
}

export const P256 = ecKey('prime256v1', ecdsa('sha256'))
export const P384 = ecKey('secp384r1', ecdsa('sha384'))

export interface Passport {
  readonly files: ChipEvidence['files']
  readonly trust: Record<string, Uint8Array>
  readonly dsc: Buffer
}

/** The passport's document signer. */
const documentSigner = (dscKey: SigningKey, cscaKey: SigningKey, options: Partial<CertificateOptions> = {}) =>
  certificate({
    subject: name(DSC),
    key: dscKey,
    issuer: name(CSCA),
    issuerKey: cscaKey,
    serial: DSC_SERIAL,
    extensions: signerExtensions(dscKey, cscaKey),
    ...options,
  })

/** What a message of the passport's document signer says of its signer. */
export const DSC_MESSAGE = () => ({
  identifier: byIssuer(name(CSCA), DSC_SERIAL),
  certificates: [documentSigner(P256, P384)],
  signingTime: '2024-03-01',
})

/** A fictitious passport's chip and the trust folder that belongs to it: genuine unless the options say otherwise. */
export function passport(options: PassportOptions = {}): Passport {
  const { cscaKey = P384, dscKey = P256, groups = new Map([[1, dg1()]]) } = options
  const dsc = documentSigner(dscKey, cscaKey, options.signer)
  const message = signedMessage({
    content: ldsSecurityObject(options.groupHash ?? 'sha256', groups),
    key: dscKey,
    identifier: byIssuer(name(CSCA), DSC_SERIAL),
    certificates: [dsc],
    signingTime: '2024-03-01',
    ...options.message,
  })
  const file = encodeTlv(0x77, message)
  const files = Object.fromEntries([...groups].map(([n, bytes]) => [`DG${n}`, bytes]))
  const csca = options.csca ? options.csca(cscaKey) : authority(CSCA, cscaKey)
  return {
    files: { ...files, EF_SOD: options.sod ? options.sod(file) : file },
    trust: options.trust ?? { 'anchors/csca.cer': csca },
    dsc,
  }
}
