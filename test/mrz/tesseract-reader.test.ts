import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Picture } from '../../src/image/index.ts'
import { createTesseractReader, type MrzDocument, type MrzReader, readMrz, writeMrz } from '../../src/mrz/index.ts'
import { scannedPage } from './page.ts'

const AT = new Date('2026-11-25T00:00:00Z')

const PASSPORT: MrzDocument = {
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

const blank = (width: number, height: number, value: number): Picture => ({
  width,
  height,
  data: new Uint8Array(width * height * 3).fill(value),
})

describe('clean scans', () => {
  let reader: MrzReader

  beforeAll(async () => {
    reader = await createTesseractReader()
  })
  afterAll(() => reader.close())

  it.each([
    PASSPORT,
    { ...PASSPORT, surname: 'MUELLER LUEDENSCHEIDT', givenNames: 'KARL LUKAS' },
    { ...PASSPORT, format: 'TD2', code: 'I' },
    { ...PASSPORT, format: 'TD1', code: 'I', optionalDataLine2: '' },
    { ...PASSPORT, format: 'MRV-A', code: 'V' },
  ] as const)('$format of $surname is read to the last character', async (document) => {
    const lines = writeMrz(document)
    const reading = await readMrz(scannedPage(lines), reader, AT)
    expect(reading).toMatchObject({ found: true, lines, valid: true, document })
  })

  it.each([
    ['an empty page', blank(800, 560, 230)],
    ['a black picture', blank(800, 560, 0)],
    ['a single pixel', blank(1, 1, 128)],
    ['a line of pixels', blank(3000, 1, 128)],
    ['vertical stripes', stripes(800, 560)],
  ])('%s holds no MRZ, and says why', async (_, picture) => {
    expect(await readMrz(picture, reader, AT)).toEqual({ found: false, reason: expect.stringMatching(/^no-/) })
  })

  it('never accepts: its confidences are not calibrated', async () => {
    const reading = await readMrz(scannedPage(writeMrz(PASSPORT)), reader, AT)
    expect(reading).toMatchObject({ found: true, accepted: false })
  })
})

function stripes(width: number, height: number): Picture {
  const data = new Uint8Array(width * height * 3)
  for (let i = 0; i < data.length; i++) data[i] = Math.floor(i / 9) % 2 ? 255 : 0
  return { width, height, data }
}
