import { readerOf } from '../der/index.ts'

/** The applications of LDS2 by identifier (ICAO 9303-10, 6.1, 7.1 and 8.1). */
const LDS2_APPLICATIONS: Readonly<Record<string, string>> = {
  a0000002472001: 'travel-records',
  a0000002472002: 'visa-records',
  a0000002472003: 'additional-biometrics',
}

const APPLICATION_TEMPLATE = 0x61
const APPLICATION_IDENTIFIER = 0x4f
const MAX_APPLICATIONS = 64

/**
 * Names the LDS2 applications that EF.DIR lists (ICAO 9303-10, 3.11.2); DG14 holds a copy of that file on chips with
 * more than the passport's application. Throws what the TLV reader throws.
 */
export function lds2Applications(efDir: Uint8Array): string[] {
  const reader = readerOf(efDir, { ber: true })
  const names: string[] = []
  for (let i = 0; i < MAX_APPLICATIONS && reader.peek() === APPLICATION_TEMPLATE; i++) {
    const identifier = reader
      .next()
      .children()
      .find(({ tag }) => tag === APPLICATION_IDENTIFIER)
    const name = identifier && LDS2_APPLICATIONS[Buffer.from(identifier.value).toString('hex')]
    if (name !== undefined) names.push(name)
  }
  return names
}
