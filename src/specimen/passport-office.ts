import { drawOctets } from './draw.ts'
import {
  certifySigner,
  type DocumentSigner,
  establishAuthority,
  publishRevocations,
  type SigningAuthority,
} from './pki/signing-authority.ts'

/** A state that does not exist. ICAO 9303-3, section 5, keeps its code for specimens. */
export const UTOPIA = { code: 'UTO', country: 'UT', name: 'Utopia' } as const

/** The office that issues Utopia's passports, with the keys of its years. */
export interface PassportOffice {
  readonly authority: SigningAuthority
  /** Signs today. */
  readonly signer: DocumentSigner
  /** Signs today with RSA, so that specimens show more than one kind of signature. */
  readonly rsaSigner: DocumentSigner
  /** Signed passports that have expired since. */
  readonly formerSigner: DocumentSigner
  /** Its key got lost: the revocation list names it. */
  readonly revokedSigner: DocumentSigner
  readonly revocationList: Buffer
}

/** Days that a revocation list lies back, and how long it is current (ICAO 9303-12, 7.1.4: at most 90). */
const LIST_AGE_DAYS = 10
const LIST_DAYS = 80

/**
 * Opens an office as it stands at `at`: validities are fixed relative to that moment, serial numbers follow from `seed`.
 * The keys are fresh every time.
 */
export async function openPassportOffice(at: Date, seed: string): Promise<PassportOffice> {
  const serial = (label: string) => Buffer.concat([Buffer.of(1), drawOctets(seed, `serial/${label}`, 8)])
  const years = (from: number, to: number) => ({ notBefore: shiftYears(at, from), notAfter: shiftYears(at, to) })
  const authority = await establishAuthority(UTOPIA, serial('authority'), years(-13, 12), 'p-384')
  const certify = (name: string, from: number, to: number, profile: 'p-256' | 'rsa-2048') =>
    certifySigner(authority, `Document Signer ${name}`, serial(name), years(from, to), profile)
  const revokedSigner = await certify('3', -3, 11, 'p-256')
  return {
    authority,
    signer: await certify('1', -3, 11, 'p-256'),
    rsaSigner: await certify('2', -3, 11, 'rsa-2048'),
    formerSigner: await certify('0', -13, -0.25, 'p-256'),
    revokedSigner,
    revocationList: publishRevocations(authority, shiftDays(at, -LIST_AGE_DAYS), shiftDays(at, LIST_DAYS), [
      revokedSigner,
    ]),
  }
}

const DAY_MS = 86_400_000

export const shiftDays = (moment: Date, days: number): Date => new Date(moment.getTime() + days * DAY_MS)

/** Years of 365.25 days, to the day. */
export const shiftYears = (moment: Date, years: number): Date => shiftDays(moment, Math.round(years * 365.25))
