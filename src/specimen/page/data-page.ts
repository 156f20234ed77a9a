import type { Picture } from '../../image/picture.ts'
import type { PassportData } from '../passport.ts'
import type { Canvas, Colour } from './canvas.ts'
import { fillContours } from './coverage.ts'
import { emptyPage, MARGIN_MM, SCALE } from './empty-page.ts'
import { signatureContour } from './holder-signature.ts'
import { printText, type Setting } from './typeface.ts'

const INK: Colour = [28, 28, 34]
const LABEL: Colour = [88, 62, 74]
const TITLE: Colour = [110, 30, 52]

/** Pixels of a length in mm, and of a position in mm from the page's left or top edge. */
const mm = (length: number): number => length * SCALE
const at = (position: number): number => (position + MARGIN_MM) * SCALE

/** OCR-B of size I: ten characters an inch (ICAO 9303-3, 4.4; ISO 1073-2). */
const MRZ_SETTING: Setting = { typeface: 'ocr-b', size: mm(3.2), pitch: mm(2.54), colour: INK, bold: mm(0.08) }
/** Baselines of the two lines and the first character's start, in mm from the page's top and left (9303-4, 4.2). */
const MRZ_BASELINES = [75.4, 81.7]
const MRZ_LEFT = 6.5

const LABEL_SETTING: Setting = { typeface: 'sans', size: mm(1.9), colour: LABEL }
const VALUE_SETTING: Setting = { typeface: 'sans', size: mm(3.5), colour: INK, bold: 0.6 }

/** A photograph of the data page of a passport, straight from above. */
export function drawDataPage(data: PassportData, portrait: Picture): Picture {
  const page = emptyPage()
  printTitle(page)
  printPortraits(page, portrait)
  for (const field of fieldsOf(data)) printField(page, field)
  const signature = signatureContour(data.mrzDocument.documentNumber, at(86), at(51), mm(30), mm(11))
  page.print(fillContours([signature]), [30, 34, 80], 0.9)
  for (const [line, baseline] of MRZ_BASELINES.entries()) {
    printText(page, data.mrz[line]!, at(MRZ_LEFT), at(baseline), MRZ_SETTING)
  }
  return page
}

function printTitle(page: Canvas): void {
  printText(page, 'UTOPIA', at(6), at(9.4), { typeface: 'sans', size: mm(7), colour: TITLE, bold: 1.2 })
  printText(page, 'PASSPORT / PASSEPORT', at(86), at(7.6), {
    typeface: 'sans',
    size: mm(3.4),
    colour: TITLE,
    bold: 0.5,
  })
  printText(page, 'SPECIMEN', at(50), at(9), { typeface: 'sans', size: mm(5), colour: TITLE, opacity: 0.35 })
}

/** The portrait, its edges fading into the paper, and a pale second one that makes a swap harder. */
function printPortraits(page: Canvas, portrait: Picture): void {
  const fade = (across: number, down: number) => {
    const edge = Math.min(across, 1 - across, down, 1 - down)
    return Math.min(edge / 0.03, 1)
  }
  page.printPicture(portrait, { left: at(6), top: at(13), width: mm(36), height: mm(45) }, fade)
  const ghost = { left: at(103), top: at(33), width: mm(16), height: mm(20) }
  page.printPicture(portrait, ghost, (across, down) => 0.3 * fade(across, down))
}

interface Field {
  readonly label: string
  readonly value: string
  /** mm from the page's left and top to the label. */
  readonly left: number
  readonly top: number
}

function fieldsOf({ mrzDocument: mrz, holder, dateOfIssue, placeOfBirth, personalNumber }: PassportData): Field[] {
  return [
    { label: 'Type / Type', value: mrz.code, left: 46, top: 13 },
    { label: 'Code / Code', value: mrz.issuingState, left: 60, top: 13 },
    { label: 'Passport No. / No du passeport', value: mrz.documentNumber, left: 86, top: 13 },
    { label: 'Surname / Nom', value: holder.surname.toUpperCase(), left: 46, top: 20.5 },
    { label: 'Given names / Prénoms', value: holder.givenNames.toUpperCase(), left: 46, top: 28 },
    { label: 'Nationality / Nationalité', value: 'UTOPIAN', left: 46, top: 35.5 },
    { label: 'Sex / Sexe', value: mrz.sex, left: 46, top: 43 },
    { label: 'Date of birth / Date de naissance', value: printedDate(mrz.dateOfBirth), left: 62, top: 43 },
    { label: 'Place of birth / Lieu de naissance', value: placeOfBirth, left: 46, top: 50.5 },
    { label: 'Date of issue / Date de délivrance', value: printedDate(dateOfIssue), left: 6, top: 59 },
    { label: 'Date of expiry / Date d’expiration', value: printedDate(mrz.dateOfExpiry), left: 46, top: 59 },
    { label: 'Personal No.', value: personalNumber, left: 86, top: 20.5 },
    { label: 'Holder’s signature', value: '', left: 86, top: 62 },
  ]
}

function printField(page: Canvas, { label, value, left, top }: Field): void {
  printText(page, label, at(left), at(top + 1.6), LABEL_SETTING)
  printText(page, value, at(left), at(top + 5.2), VALUE_SETTING)
}

const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC']

/** `1990-01-31` as `31 JAN 90`, as ICAO 9303-3, 3.8, prints dates. */
function printedDate(iso: string): string {
  const [year = '', month = '', day = ''] = iso.split('-')
  return `${day} ${MONTHS[Number(month) - 1]} ${year.slice(2)}`
}
