import type { ChipFileName } from '../chip/report.ts'

/** File identifiers of ICAO 9303-10, table 2 and 4.6. */
const BY_IDENTIFIER: Readonly<Record<string, ChipFileName>> = {
  '2F00': 'EF_DIR',
  '011C': 'EF_CardAccess',
  '011D': 'EF_SOD',
  '011E': 'EF_COM',
  '0101': 'DG1',
  '0102': 'DG2',
  '0103': 'DG3',
  '0104': 'DG4',
  '0105': 'DG5',
  '0106': 'DG6',
  '0107': 'DG7',
  '0108': 'DG8',
  '0109': 'DG9',
  '010A': 'DG10',
  '010B': 'DG11',
  '010C': 'DG12',
  '010D': 'DG13',
  '010E': 'DG14',
  '010F': 'DG15',
  '0110': 'DG16',
}

const BY_NAME: Readonly<Record<string, ChipFileName>> = {
  COM: 'EF_COM',
  SOD: 'EF_SOD',
  CARDACCESS: 'EF_CardAccess',
  CARDSECURITY: 'EF_CardSecurity',
  DIR: 'EF_DIR',
}

/**
 * Which elementary file a reader's file holds: `EF_SOD.bin`, `EF.SOD`, `SOD.bin`, `DG1.bin`, `EF_DG1.bin`, or the
 * file identifier (`011D`, `0101`). Anything else is undefined.
 */
export function chipFileName(name: string): ChipFileName | undefined {
  const stem = name
    .toUpperCase()
    .replace(/\.(BIN|DER|DAT)$/, '')
    .replace(/^EF[._]/, '')
  const identified = BY_IDENTIFIER[stem] ?? BY_NAME[stem]
  if (identified) return identified
  const group = /^DG0?([1-9]|1[0-6])$/.exec(stem)
  return group ? (`DG${Number(group[1])}` as ChipFileName) : undefined
}
