export {
  Certificate,
  fingerprintOf,
  MAX_CERTIFICATE_LENGTH,
  minimal,
  readCertificate,
  readSubject,
} from './certificate.ts'
export { type Extensions, type KeyUsage, readExtensions } from './extensions.ts'
export { type Name, readName } from './name.ts'
