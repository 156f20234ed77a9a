import { existsSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { ChipFileName, TrustFile } from '../../../src/chip/index.ts'
import { writeSecurityObject } from '../../../src/specimen/chip/security-object.ts'
import { certifySigner, establishAuthority } from '../../../src/specimen/pki/signing-authority.ts'
import { AT, type BenchPassport, issuePassport, PASSPORT_KINDS, STATE, VALIDITY } from '../passport.ts'

type Files = Readonly<Partial<Record<ChipFileName, Uint8Array>>>

/** A document for several verifiers: what is on the chip, what is trusted, what the verdict should be. */
export interface Vector {
  readonly name: string
  readonly genuine: boolean
  readonly files: Files
  readonly anchors: readonly Uint8Array[]
  /** Link certificates, signers and revocation lists, as files of a trust folder: for verifiers that take them. */
  readonly further: readonly TrustFile[]
  readonly at: Date
}

/** Passports issued for this under each kind of key: genuine, and forged in the ways that every verifier must see. */
export async function issueVectors(): Promise<Vector[]> {
  const vectors: Vector[] = []
  for (const kind of PASSPORT_KINDS) {
    const passport = await issuePassport(kind.signer, kind.authority)
    const { files, csca } = passport
    const common = { anchors: [csca], further: [], at: AT }
    vectors.push(
      { ...common, name: kind.name, genuine: true, files },
      { ...common, name: '  DG1 changed', genuine: false, files: { ...files, DG1: flipped(files.DG1!) } },
      { ...common, name: '  signature changed', genuine: false, files: { ...files, EF_SOD: flipped(files.EF_SOD!) } },
      { ...common, name: '  DG13 added', genuine: false, files: { ...files, DG13: Buffer.from('6d03040100', 'hex') } },
      {
        ...common,
        name: '  signer of a stranger with the CSCA’s name',
        genuine: false,
        files: await resigned(passport),
      },
    )
  }
  return vectors
}

/** EF.SOD ends with the signature, DG1 with a check digit. */
function flipped(file: Uint8Array): Uint8Array {
  const copy = Uint8Array.from(file)
  copy[copy.length - 1]! ^= 1
  return copy
}

/** The same data groups under a signer of one's own, whose certificate names the state's CSCA as its issuer. */
async function resigned({ files }: BenchPassport): Promise<Files> {
  const impostor = await establishAuthority(STATE, Buffer.of(1), VALIDITY, 'p-256')
  const signer = await certifySigner(impostor, 'Document Signer 1', Buffer.of(2), VALIDITY, 'p-256')
  const groups = new Map([
    [1, files.DG1!],
    [2, files.DG2!],
  ])
  return { ...files, EF_SOD: writeSecurityObject(groups, signer, AT) }
}

/** What an index says of one vector. */
interface Entry {
  readonly name: string
  readonly files: readonly string[]
  readonly verifyAt?: string
  readonly expected: { readonly verdict: string }
}

const ANCHOR = /^(csca(_\w+)?|anchor|trust_anchor)\.cer$/
const FURTHER = /^(link\d*|dsc_external)\.cer$|\.crl$/
const DEFAULT_AT = '2024-09-01T00:00:00Z'

/**
 * The documents of a folder with an `index.json`: `vectors` of files, a moment, and an expected verdict, of which `trusted`
 * alone means genuine.
 */
export function readVectors(folder: string): Vector[] {
  const { vectors }: { vectors: readonly Entry[] } = JSON.parse(readFileSync(join(folder, 'index.json'), 'utf8'))
  return vectors.flatMap(({ name, files, verifyAt = DEFAULT_AT, expected }) => {
    const paths = files.map((file) => join(folder, file)).filter(existsSync)
    const chosen = (pattern: RegExp) => paths.filter((path) => pattern.test(basename(path)))
    const chip = Object.fromEntries(
      chosen(/^EF_\w+\.bin$/).map((path) => [chipFileName(basename(path, '.bin')), readFileSync(path)]),
    )
    const anchors = chosen(ANCHOR).map((path) => readFileSync(path))
    if (!chip.EF_SOD || anchors.length === 0 || paths.some((path) => path.endsWith('.ml'))) return []
    const further = chosen(FURTHER).map((path) => ({
      path: `${path.endsWith('.crl') ? 'crls' : 'certificates'}/${basename(path)}`,
      bytes: readFileSync(path),
    }))
    return [{ name, genuine: expected.verdict === 'trusted', files: chip, anchors, further, at: new Date(verifyAt) }]
  })
}

const chipFileName = (name: string): string => name.replace(/^EF_(?=DG)/, '')
