import type { Deviation, Evidence, Outcome } from '../check/index.ts'

/** The elementary files of the chip and of its eMRTD application (ICAO 9303-10, 3.11 and 4). */
export type ChipFileName =
  | 'EF_COM'
  | 'EF_SOD'
  | 'EF_CardAccess'
  | 'EF_CardSecurity'
  | 'EF_DIR'
  | `DG${1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10 | 11 | 12 | 13 | 14 | 15 | 16}`

/** The files as read from the chip, and what the reader recorded to prove that it is no copy. */
export interface ChipEvidence {
  readonly files: Readonly<Partial<Record<ChipFileName, Uint8Array>>>
  /** How the reader opened the chip: `bac`, or the protocol of PACE as a dotted object identifier. */
  readonly access?: string
  readonly activeAuthentication?: ActiveAuthenticationEvidence
  readonly chipAuthentication?: ChipAuthenticationEvidence | ChipAuthenticationMappingEvidence
}

/** ICAO 9303-11, 6.1: our 8-byte challenge and the chip's signature over it. */
export interface ActiveAuthenticationEvidence {
  readonly challenge: Uint8Array
  readonly response: Uint8Array
}

/** ICAO 9303-11, 6.2: our ephemeral key and the first secured response after the key change. */
export interface ChipAuthenticationEvidence {
  /** The protocol's object identifier in dotted form. */
  readonly protocol: string
  readonly cipher: '3des' | 'aes128' | 'aes192' | 'aes256'
  readonly keyId?: number
  /** PKCS #8, DER. */
  readonly terminalPrivateKey: Uint8Array
  /** The counter under which the response was protected: 8 bytes with 3DES, 16 with AES. */
  readonly sendSequenceCounter: Uint8Array
  readonly responseApdu: Uint8Array
}

/**
 * ICAO 9303-11, 4.4: a run of PACE with chip authentication mapping as the terminal saw it. Keys of the terminal are
 * scalars, big-endian; those of the chip are points, uncompressed.
 */
export interface ChipAuthenticationMappingEvidence {
  /** The protocol's object identifier in dotted form: 0.4.0.127.0.7.2.2.4.6.2, .3 or .4. */
  readonly protocol: string
  /** The number of the standardised domain parameters, 10 to 18; default: the one that EF.CardSecurity names. */
  readonly parameterId?: number
  /** s: what the chip sent, decrypted with the password. */
  readonly nonce: Uint8Array
  /** The keys of the mapping. */
  readonly terminalMappingPrivateKey: Uint8Array
  readonly chipMappingPublicKey: Uint8Array
  /** The ephemeral keys on the mapped base point. */
  readonly terminalPrivateKey: Uint8Array
  readonly chipPublicKey: Uint8Array
  /** T_IC, data object 86: 8 bytes. */
  readonly authenticationToken: Uint8Array
  /** A_IC, data object 8A. */
  readonly encryptedChipAuthenticationData: Uint8Array
}

/** The checks of passive authentication, in their order. */
export const PASSIVE_CHECKS = [
  'chip.messageDigest',
  'chip.sodSignature',
  'chip.dataGroupHashes',
  'chip.certificationPath',
  'chip.signerValidity',
  'chip.revocation',
  'chip.issuerCountry',
] as const

/** The chip's checks, in the order of the checklist. */
export const CHIP_CHECKS = [
  'chip.structure',
  ...PASSIVE_CHECKS,
  'chip.activeAuthentication',
  'chip.chipAuthentication',
] as const

export type PassiveCheck = (typeof PASSIVE_CHECKS)[number]
export type ChipCheck = (typeof CHIP_CHECKS)[number]

/** A portrait as the chip holds it, still encoded (ISO/IEC 19794-5 or 39794-5). */
export interface ChipPortrait {
  readonly encoding: 'jpeg' | 'jpeg2000'
  readonly bytes: Uint8Array
}

/** What the chip says and what was found out about it. */
export interface ChipReport {
  readonly checks: Readonly<Record<ChipCheck, Outcome>>
  readonly deviations: readonly Deviation[]
  /** DG1's MRZ, cut into lines by its length; absent when DG1 is absent or damaged. */
  readonly mrz?: readonly string[]
  readonly portrait?: ChipPortrait
  /** What DG11, DG12 and their kin say, by data group; typed, JSON-able, no images. */
  readonly details: Evidence
  /** The chip offers a proof that it is no copy: EF.SOD lists DG15, or DG14 with a chip-authentication key. */
  readonly offersProof: boolean
}
