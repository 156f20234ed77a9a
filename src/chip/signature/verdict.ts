/** What became of a signature: valid, with the oddities of how it was made, or not, and why. */
export type SignatureVerdict =
  | { readonly valid: true; readonly deviations: readonly string[] }
  | { readonly valid: false; readonly code: string }

export const INVALID: SignatureVerdict = { valid: false, code: 'signature-invalid' }
