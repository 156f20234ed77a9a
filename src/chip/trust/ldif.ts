/** The attributes of the ICAO PKD that hold certificates, revocation lists and master lists (ICAO 9303-12, 9). */
const ATTRIBUTES = new Set([
  'usercertificate',
  'cacertificate',
  'certificaterevocationlist',
  'authorityrevocationlist',
  'pkdmasterlistcontent',
  'cscamasterlistdata',
])
/** A value that goes on in the next line, which starts with a space (RFC 2849, note 2). */
const FOLD = /\r?\n /g
/** Entries start with the distinguished name; a version line or comments may come first. */
const FIRST_LINES = /^(version: ?1|dn:{1,2} ?|#)/

/** Whether a text starts as LDIF does (RFC 2849). */
export const isLdif = (text: string): boolean => FIRST_LINES.test(text.trimStart().slice(0, 16))

/** The certificates and lists of an LDIF file (RFC 2849), in its order: base64 values of the PKD's attributes. */
export function readLdif(text: string): Uint8Array[] {
  return text
    .replace(FOLD, '')
    .split('\n')
    .flatMap((line) => {
      const separator = line.indexOf('::')
      if (separator < 0) return []
      const attribute = line.slice(0, separator).split(';', 1)[0]!.trim().toLowerCase()
      if (!ATTRIBUTES.has(attribute)) return []
      return [Buffer.from(line.slice(separator + 2), 'base64')]
    })
}
