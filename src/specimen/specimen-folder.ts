import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { encodeJpeg } from '../image/index.ts'
import type { Gallery } from './gallery.ts'
import { drawDataPage } from './page/data-page.ts'
import type { PassportOffice } from './passport-office.ts'
import { perform } from './performance.ts'
import type { Specimen } from './specimen.ts'

/** The quality of a page's photograph. */
const PAGE_QUALITY = 88

interface FrameFile {
  readonly file: string
  readonly time: number
}

/** A folder of specimens as `genkend batch` reads it; paths in the manifest are relative to it. */
export class SpecimenFolder {
  private readonly lines: string[] = []
  /** By person: specimens share the frames of a performance. */
  private readonly performances = new Map<string, readonly FrameFile[]>()

  constructor(
    private readonly folder: string,
    private readonly gallery: Gallery,
    private readonly at: Date,
  ) {}

  /** `trust/`: the state's anchor and its revocation list. */
  async writeTrust({ authority, revocationList }: PassportOffice): Promise<void> {
    await this.writeFile('trust/anchors/csca-utopia.cer', authority.certificate)
    await this.writeFile('trust/crls/csca-utopia.crl', revocationList)
  }

  /** A folder with page photo and chip files, the frames of the performance, and a line for the manifest. */
  async write(specimen: Specimen): Promise<void> {
    const { id, chip, activeAuthentication, challenge, expect } = specimen
    for (const [name, bytes] of chip) await this.writeFile(`${id}/chip/${chipFile(name)}`, bytes)
    const page = drawDataPage(specimen.printed, specimen.printedPortrait)
    await this.writeFile(`${id}/page.jpg`, await encodeJpeg(page, PAGE_QUALITY))
    const line = {
      id,
      page: `${id}/page.jpg`,
      chip: `${id}/chip`,
      selfie: await this.writePerformance(specimen),
      challenge,
      activeAuthentication: {
        challenge: hex(activeAuthentication.challenge),
        response: hex(activeAuthentication.response),
      },
      at: this.at.toISOString(),
      trust: 'trust',
      expect,
    }
    this.lines.push(`${JSON.stringify(line)}\n`)
  }

  /** `manifest.jsonl`: all that was written, in order. */
  async writeManifest(): Promise<void> {
    await this.writeFile('manifest.jsonl', Buffer.from(this.lines.join('')))
  }

  private async writePerformance({ performer, performed }: Specimen): Promise<readonly FrameFile[]> {
    const known = this.performances.get(performer.id)
    if (known) return known
    const frames: FrameFile[] = []
    for (const { time, view } of perform(performed)) {
      const file = `performances/${performer.id}/${String(time).padStart(4, '0')}.jpg`
      await this.writeFile(file, await this.gallery.frame(performer, view))
      frames.push({ file, time })
    }
    this.performances.set(performer.id, frames)
    return frames
  }

  private async writeFile(path: string, bytes: Uint8Array): Promise<void> {
    const file = join(this.folder, path)
    await mkdir(join(file, '..'), { recursive: true })
    await writeFile(file, bytes)
  }
}

/** `EF_SOD.bin`, `EF_DG1.bin`: as common readers name them. */
const chipFile = (name: string): string => `${name.startsWith('EF_') ? name : `EF_${name}`}.bin`

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')
