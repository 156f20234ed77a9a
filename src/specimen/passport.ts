import type { ChipFileName } from '../chip/report.ts'
import { type MrzDocument, transliterate, writeMrz } from '../mrz/index.ts'
import type { ChipKey } from './chip/chip-key.ts'
import { writeDg1, writeDg11, writeDg14, writeDg15, writeEfCom } from './chip/data-groups.ts'
import { type EncodedPortrait, writeDg2 } from './chip/face-template.ts'
import { writeSecurityObject } from './chip/security-object.ts'
import { drawNumber, drawText } from './draw.ts'
import { shiftDays, shiftYears, UTOPIA } from './passport-office.ts'
import type { Person } from './person/index.ts'
import type { DocumentSigner } from './pki/signing-authority.ts'

/** What a passport states. */
export interface PassportData {
  readonly holder: Person
  readonly mrzDocument: MrzDocument
  readonly mrz: readonly string[]
  /** ISO 8601. */
  readonly dateOfIssue: string
  readonly placeOfBirth: string
  readonly personalNumber: string
}

const TOWNS = ['AMAUROT', 'NEW AMAUROT', 'ANYDER', 'TEMESE', 'SANDY HAVEN', 'PORT HYTHLODAY']
/** Characters of document numbers; letters that look like digits are not used. */
const NUMBER_CHARACTERS = '0123456789CFGHJKLMNPRTVWXYZ'
const VALIDITY_YEARS = 10

/** States a passport for the holder, issued on that day for ten years. Numbers and places follow from the seed. */
export function statePassport(holder: Person, issuedOn: Date, seed: string): PassportData {
  const personalNumber = drawText(seed, 'personal number', 9, '0123456789')
  const mrzDocument: MrzDocument = {
    format: 'TD3',
    code: 'P',
    issuingState: UTOPIA.code,
    documentNumber: `U${drawText(seed, 'document number', 8, NUMBER_CHARACTERS)}`,
    surname: transliterate(holder.surname).replaceAll('<', ' '),
    givenNames: transliterate(holder.givenNames).replaceAll('<', ' '),
    nationality: UTOPIA.code,
    dateOfBirth: holder.birthDate,
    sex: holder.sex,
    dateOfExpiry: isoDate(shiftDays(shiftYears(issuedOn, VALIDITY_YEARS), -1)),
    optionalData: personalNumber,
  }
  const placeOfBirth = TOWNS[drawNumber(seed, 'town', TOWNS.length)]!
  return restated({ holder, mrzDocument, mrz: [], dateOfIssue: isoDate(issuedOn), placeOfBirth, personalNumber }, {})
}

/** The same statements with other MRZ fields, check digits made to fit: what a careful forger prints. */
export function restated(data: PassportData, changes: Partial<MrzDocument>): PassportData {
  const mrzDocument = { ...data.mrzDocument, ...changes }
  return { ...data, mrzDocument, mrz: writeMrz(mrzDocument) }
}

/** Writes the chip's files: EF.COM, the data groups, and EF.SOD signed on the day of issue. */
export function writeChip(
  data: PassportData,
  portrait: EncodedPortrait,
  chipKey: ChipKey,
  signer: DocumentSigner,
): Map<ChipFileName, Uint8Array> {
  const { holder, placeOfBirth, personalNumber, mrzDocument } = data
  const details = {
    ...holder,
    personalNumber,
    dateOfBirth: mrzDocument.dateOfBirth,
    placeOfBirth: [placeOfBirth, UTOPIA.code],
  }
  const dataGroups = new Map([
    [1 as const, writeDg1(data.mrz)],
    [2 as const, writeDg2(portrait)],
    [11 as const, writeDg11(details)],
    ...(chipKey.signatureAlgorithm ? [[14 as const, writeDg14(chipKey.signatureAlgorithm)] as const] : []),
    [15 as const, writeDg15(chipKey.publicKey)],
  ])
  const signedAt = new Date(`${data.dateOfIssue}T09:30:00Z`)
  const files = new Map<ChipFileName, Uint8Array>([
    ['EF_COM', writeEfCom([...dataGroups.keys()])],
    ['EF_SOD', writeSecurityObject(dataGroups, signer, signedAt)],
  ])
  for (const [number, file] of dataGroups) files.set(`DG${number}`, file)
  return files
}

const isoDate = (moment: Date): string => moment.toISOString().slice(0, 10)
