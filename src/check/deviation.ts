import type { Evidence } from './outcome.ts'

/**
 * A defect of the issuer or of the reader that does not touch authenticity: reported, never judged.
 * `code` names the part, then what is odd about it (`ber-encoding`); `where` is the file or certificate.
 */
export interface Deviation {
  readonly code: string
  readonly where: string
  readonly evidence?: Evidence
}
