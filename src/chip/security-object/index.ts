export { type HashFinding, verifyDataGroupHashes } from './data-group-hashes.ts'
export { type CardSecurityFile, readEfCardSecurity } from './ef-card-security.ts'
export { readEfSod, readSignedHashes, type SecurityObjectFile } from './ef-sod.ts'
export { type SignatureFinding, verifySecurityObjectSignature } from './signer.ts'
