import type { MrzDocument } from '../../src/mrz/index.ts'

/** The day that the tests judge at. */
export const AT = new Date('2026-11-25T00:00:00Z')

/** The specimen of ICAO 9303-4, appendix B. */
export const NAME_LINE = 'P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<'
export const NUMBER_LINE = 'L898902C36UTO7408122F1204159ZE184226B<<<<<10'

/** Its holder, in a passport that has not expired. */
export const PASSPORT: MrzDocument = {
  format: 'TD3',
  code: 'P',
  issuingState: 'UTO',
  documentNumber: 'L898902C3',
  surname: 'ERIKSSON',
  givenNames: 'ANNA MARIA',
  nationality: 'UTO',
  dateOfBirth: '1974-08-12',
  sex: 'F',
  dateOfExpiry: '2031-04-15',
  optionalData: '',
}

/** A line with one character (columns from 1) exchanged. */
export function replaced(line: string, column: number, character: string): string {
  return line.slice(0, column - 1) + character + line.slice(column)
}
