/**
 * What a strict verifier refuses and a tolerant one accepts of EF.SOD, by the deviation that says so. None lets anything
 * pass that the document signer's key did not sign.
 * - `ecdsa-signature-encoding`: r and s are written side by side under an identifier that asks for DER, or the other way
 *   round (RFC 3279, 2.2.3; BSI TR-03111, 5.2.1).
 * - `ec-curve-mismatch`: the signer's point is not on the curve that its certificate names, but on another as long.
 * - `sod-tag-missing`: the file starts with its message, without the tag 77 (ICAO 9303-10, 4.6.2).
 */
export const TOLERANCES = ['ecdsa-signature-encoding', 'ec-curve-mismatch', 'sod-tag-missing'] as const

export type Tolerance = (typeof TOLERANCES)[number]
export type Tolerances = ReadonlySet<Tolerance>

/** The default. */
export const STRICT: Tolerances = new Set()
export const TOLERANT: Tolerances = new Set(TOLERANCES)
