import { authority, signerExtensions } from './certificates.ts'
import { ecdsa, ecKey } from './keys.ts'
import { CSCA, P256, P384 } from './passport.ts'

/** The key that the CSCA had before. */
export const OLD = ecKey('brainpoolP256r1', ecdsa('sha256'), 'explicit')
/** Nobody's whom the trust store knows. */
export const STRANGER = ecKey('secp384r1', ecdsa('sha384'))

/** A link certificate: the CSCA's new key, signed by who it was before. */
export const link = (to: typeof P384, by: { common: string; key: typeof P384 }, common = CSCA) =>
  authority(common, to, { by })

/** A signer's usual extensions and further ones. */
export const plus = (...more: Uint8Array[]) => ({ extensions: [...signerExtensions(P256, P384), ...more] })
