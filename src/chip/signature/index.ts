export {
  type AlgorithmIdentifier,
  isAbsentOrNull,
  readAlgorithmIdentifier,
  readHashAlgorithm,
  readSignatureAlgorithm,
  type SignatureAlgorithm,
} from './algorithm.ts'
export { CURVES, type Curve, curveByOid } from './curves.ts'
export { readCurve } from './ec-parameters.ts'
export { digest, HASH_LENGTH, HASH_OIDS, type HashName, hasDigest } from './hash.ts'
export {
  type EcPublicKey,
  importEcPoint,
  type PublicKey,
  type RsaPublicKey,
  readMislabelledKey,
  readPublicKey,
} from './public-key.ts'
export type { SignatureVerdict } from './verdict.ts'
export { verifySignature, withHash } from './verify.ts'
