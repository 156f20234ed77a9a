import { type Deviation, Fault } from '../../check/index.ts'
import { TAG, type Tlv } from '../der/index.ts'
import type { ChipEvidence, ChipFileName } from '../report.ts'
import { type DataGroupNumber, templateTag } from './data-group.ts'
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

/** Portraits have some 20 KB, ten fingers less than 200: no chip has memory for more than this, in bytes. */
export const MAX_FILE_LENGTH = 1024 * 1024

interface FileKind {
  readonly file: ChipFileName
  /** Where the content goes; files that no standard describes (DG6, DG8 to DG10) are opened alone. */
  readonly field?: FieldName
  readonly read: (bytes: Uint8Array, note: Note) => unknown
}

/** Reads a file that is one element under `tag`. */
const within =
  (tag: number, read?: (template: Tlv, note: Note) => unknown): FileKind['read'] =>
  (bytes, note) => {
    const template = openTemplate(bytes, tag, note)
    const content = read?.(template, note)
    noteEncoding(template, note)
    return content
  }

const dataGroup = (number: DataGroupNumber, read?: (template: Tlv, note: Note) => unknown): FileKind => ({
  file: `DG${number}`,
  ...(read && { field: `dg${number}` as FieldName }),
  read: within(templateTag(number), read),
})

const FILES: readonly FileKind[] = [
  { file: 'EF_COM', field: 'com', read: within(EF_COM_TAG, readEfCom) },
  { file: 'EF_CardAccess', field: 'cardAccess', read: within(TAG.set, readSecurityInfos) },
  { file: 'EF_DIR', field: 'dir', read: readEfDir },
  dataGroup(1, readDg1),
  dataGroup(2, readDg2),
  dataGroup(3, readDg3),
  dataGroup(4, readDg4),
  dataGroup(5, readDg5),
  dataGroup(6),
  dataGroup(7, readDg7),
  dataGroup(8),
  dataGroup(9),
  dataGroup(10),
  dataGroup(11, readDg11),
  dataGroup(12, readDg12),
  dataGroup(13, readDg13),
  dataGroup(14, readDg14),
  dataGroup(15, readDg15),
  dataGroup(16, readDg16),
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
  for (const { file, field, read } of FILES) {
    const bytes = files[file]
    if (!bytes) continue
    try {
      if (bytes.length > MAX_FILE_LENGTH)
        throw new Fault('lds-too-large', 'too-large', 'a file that no chip could hold')
      const content = read(bytes, noteFor(file, deviations))
      if (field) fields[field] = content
    } catch (error) {
      const { code, message } = Fault.record(error)
      damaged.push({ file, code, message })
    }
  }
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
