import { type Deviation, Fault } from '../../check/index.ts'
import { TAG, type Tlv } from '../der/index.ts'
import type { ChipEvidence, ChipFileName } from '../report.ts'
import { templateTag } from './data-group.ts'
import { type MachineReadableZone, readDg1 } from './dg1.ts'
import { type EncodedFace, readDg2 } from './dg2.ts'
import { type EncodedFingers, readDg3 } from './dg3.ts'
import { type EncodedIrises, readDg4 } from './dg4.ts'
import { readDg5 } from './dg5.ts'
import { readDg7 } from './dg7.ts'
import { type PersonalDetails, readDg11 } from './dg11.ts'
import { type DocumentDetails, readDg12 } from './dg12.ts'
import { type OptionalDetails, readDg13 } from './dg13.ts'
import { readDg14 } from './dg14.ts'
import { type ActiveAuthenticationKey, readDg15 } from './dg15.ts'
import { type PersonToNotify, readDg16 } from './dg16.ts'
import type { DisplayedPictures } from './displayed-pictures.ts'
import { type CommonData, EF_COM_TAG, readEfCom } from './ef-com.ts'
import { type ChipApplication, readEfDir } from './ef-dir.ts'
import type { Note } from './note.ts'
import { readSecurityInfos, type SecurityInfo } from './security-infos.ts'
import { noteEncoding, openTemplate } from './template.ts'

/** Everything that the files of a chip say; a field is absent where its file is absent or damaged. */
export interface DataGroups {
  readonly com?: CommonData
  readonly cardAccess?: readonly SecurityInfo[]
  readonly dir?: readonly ChipApplication[]
  readonly dg1?: MachineReadableZone
  readonly dg2?: EncodedFace
  readonly dg3?: EncodedFingers
  readonly dg4?: EncodedIrises
  readonly dg5?: DisplayedPictures
  readonly dg7?: DisplayedPictures
  readonly dg11?: PersonalDetails
  readonly dg12?: DocumentDetails
  readonly dg13?: OptionalDetails
  readonly dg14?: readonly SecurityInfo[]
  readonly dg15?: ActiveAuthenticationKey
  readonly dg16?: readonly PersonToNotify[]
  readonly damaged: readonly DamagedFile[]
  readonly deviations: readonly Deviation[]
}

/** A file that could not be read, and why; the message holds no personal data. */
export interface DamagedFile {
  readonly file: ChipFileName
  readonly code: string
  readonly message: string
}

type FieldName = Exclude<keyof DataGroups, 'damaged' | 'deviations'>

interface FileKind {
  readonly file: ChipFileName
  readonly tag: number
  /** Where the content goes; files that no standard describes (DG6, DG8 to DG10) are opened alone. */
  readonly field?: FieldName
  readonly read?: (template: Tlv, note: Note) => unknown
}

const FILES: readonly FileKind[] = [
  { file: 'EF_COM', tag: EF_COM_TAG, field: 'com', read: readEfCom },
  { file: 'EF_CardAccess', tag: TAG.set, field: 'cardAccess', read: readSecurityInfos },
  { file: 'DG1', tag: templateTag(1), field: 'dg1', read: readDg1 },
  { file: 'DG2', tag: templateTag(2), field: 'dg2', read: readDg2 },
  { file: 'DG3', tag: templateTag(3), field: 'dg3', read: readDg3 },
  { file: 'DG4', tag: templateTag(4), field: 'dg4', read: readDg4 },
  { file: 'DG5', tag: templateTag(5), field: 'dg5', read: readDg5 },
  { file: 'DG6', tag: templateTag(6) },
  { file: 'DG7', tag: templateTag(7), field: 'dg7', read: readDg7 },
  { file: 'DG8', tag: templateTag(8) },
  { file: 'DG9', tag: templateTag(9) },
  { file: 'DG10', tag: templateTag(10) },
  { file: 'DG11', tag: templateTag(11), field: 'dg11', read: readDg11 },
  { file: 'DG12', tag: templateTag(12), field: 'dg12', read: readDg12 },
  { file: 'DG13', tag: templateTag(13), field: 'dg13', read: readDg13 },
  { file: 'DG14', tag: templateTag(14), field: 'dg14', read: readDg14 },
  { file: 'DG15', tag: templateTag(15), field: 'dg15', read: readDg15 },
  { file: 'DG16', tag: templateTag(16), field: 'dg16', read: readDg16 },
]

/**
 * Reads the unsigned content of a chip's files (ICAO 9303-10, 4.6 and 4.7): all but EF.SOD and EF.CardSecurity, which are
 * signed messages. Never throws: a file that is not well formed, or over a limit, is listed as damaged. Whether any of it
 * is genuine is not asked here.
 */
export function readDataGroups(files: ChipEvidence['files']): DataGroups {
  const fields: Partial<Record<FieldName, unknown>> = {}
  const damaged: DamagedFile[] = []
  const deviations: Deviation[] = []
  const readFile = (
    file: ChipFileName,
    field: FieldName | undefined,
    read: (bytes: Uint8Array, note: Note) => unknown,
  ) => {
    const bytes = files[file]
    if (!bytes) return
    try {
      const content = read(bytes, noteFor(file, deviations))
      if (field) fields[field] = content
    } catch (error) {
      const { code, message } = Fault.record(error)
      damaged.push({ file, code, message })
    }
  }
  for (const { file, tag, field, read } of FILES) {
    readFile(file, field, (bytes, note) => {
      const template = openTemplate(bytes, tag, note)
      const content = read?.(template, note)
      noteEncoding(template, note)
      return content
    })
  }
  readFile('EF_DIR', 'dir', readEfDir)
  return Object.assign(fields as Partial<DataGroups>, { damaged, deviations })
}

/** Codes that already name their part stand alone; the others are led by the file's name: `dg11-date`. */
const WHOLE_CODES = new Set(['ber-encoding', 'trailing-bytes', 'mrz-check-digit', 'mrz-character'])

/** Gathers a file's oddities, each code once: a hostile file cannot make a long list. */
function noteFor(file: ChipFileName, deviations: Deviation[]): Note {
  return (name, evidence) => {
    const code = WHOLE_CODES.has(name) ? name : `${file.replace('EF_', '').toLowerCase()}-${name}`
    if (deviations.some((known) => known.code === code && known.where === file)) return
    deviations.push(evidence ? { code, where: file, evidence } : { code, where: file })
  }
}
