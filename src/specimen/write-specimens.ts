import { Fault } from '../check/index.ts'
import { FORGERIES, forge } from './forgery.ts'
import { Gallery, type Photographer, renderer } from './gallery.ts'
import { type IssuedPassport, issuePassport, presentGenuine } from './genuine.ts'
import { openPassportOffice } from './passport-office.ts'
import { cast, type Person } from './person/index.ts'
import type { Specimen } from './specimen.ts'
import { SpecimenFolder } from './specimen-folder.ts'

/** Passports issued by one call. */
export const MAX_COUNT = 10_000
const DEFAULT_COUNT = 2

export interface SpecimenOptions {
  /** Genuine passports, 1 to `MAX_COUNT`; default 2. */
  readonly count?: number
  /** Genuine ones alone; otherwise as many forged ones, and every forgery at least once. */
  readonly genuine?: boolean
  /** The moment of the inspection, to the second; default now. Validities are fixed relative to it. */
  readonly at?: Date
  /** The same seed gives the same persons, numbers and pictures; keys and signatures are fresh. */
  readonly seed?: string
  /** Takes the pictures; default: the renderer of the fictitious persons. */
  readonly photographer?: Photographer
  /** Told after each specimen how many are written, of how many. */
  readonly onProgress?: (written: number, total: number) => void
}

export interface WrittenSpecimens {
  readonly at: Date
  readonly specimens: readonly Pick<Specimen, 'id' | 'expect'>[]
}

/**
 * Issues fictitious passports into a folder: `trust/` (anchor and revocation list), `manifest.jsonl` for `batch`, a
 * folder for each specimen (page photo, chip) and for each performance (frames). Files that are there are overwritten.
 * @throws Fault `specimen-count` (usage); the errors of the file system
 */
export async function issueSpecimens(folder: string, options: SpecimenOptions = {}): Promise<WrittenSpecimens> {
  const { count = DEFAULT_COUNT, genuine = false, seed = 'genkend', photographer = renderer, onProgress } = options
  if (!Number.isInteger(count) || count < 1 || count > MAX_COUNT) {
    throw new Fault('specimen-count', 'usage', `the number of specimens is from 1 to ${MAX_COUNT}`)
  }
  const at = wholeSecond(options.at ?? new Date())
  const gallery = new Gallery(photographer)
  const office = await openPassportOffice(at, seed)
  const output = new SpecimenFolder(folder, gallery, at)
  await output.writeTrust(office)

  const forged = genuine ? 0 : Math.max(count, FORGERIES.length)
  const written: WrittenSpecimens['specimens'][number][] = []
  const keep = async (specimen: Specimen) => {
    await output.write(specimen)
    written.push({ id: specimen.id, expect: specimen.expect })
    onProgress?.(written.length, count + forged)
  }
  const passports: IssuedPassport[] = []
  for (let i = 0; i < count; i++) {
    const passport = await issuePassport(office, gallery, personAt(i), at, i, `${seed}/${i}`)
    passports.push(passport)
    await keep(presentGenuine(passport, gallery, `genuine-${numbered(i)}`))
  }
  for (let i = 0; i < forged; i++) {
    const forgery = FORGERIES[i % FORGERIES.length]!
    // The holder of the next passport, who is drawn already; of a single passport, the next of the cast.
    const impostor = personAt(count > 1 ? (i + 1) % count : 1)
    const workshop = { passport: passports[i % count]!, office, gallery, impostor, at }
    await keep(await forge(forgery, workshop, `forged-${numbered(i)}-${forgery.name}`))
  }
  await output.writeManifest()
  return { at, specimens: written }
}

/** The cast again and again. */
function personAt(index: number): Person {
  const persons = cast()
  return persons[index % persons.length]!
}

const numbered = (index: number): string => String(index + 1).padStart(2, '0')

const wholeSecond = (moment: Date): Date => new Date(Math.floor(moment.getTime() / 1000) * 1000)
