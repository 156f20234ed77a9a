import { type ChipEvidence, openTrustStore, type TrustStore } from '../../src/chip/index.ts'
import { encodeJpeg } from '../../src/image/index.ts'
import { writeDg1, writeEfCom } from '../../src/specimen/chip/data-groups.ts'
import { writeDg2 } from '../../src/specimen/chip/face-template.ts'
import { writeSecurityObject } from '../../src/specimen/chip/security-object.ts'
import { certifySigner, establishAuthority } from '../../src/specimen/pki/signing-authority.ts'
import type { KeyProfile } from '../../src/specimen/pki/signing-key.ts'

/** The kinds of keys that are measured: of the document signer, and of the authority above it. */
export const PASSPORT_KINDS: readonly { name: string; signer: KeyProfile; authority: KeyProfile }[] = [
  { name: 'RSA-2048, CSCA RSA-4096', signer: 'rsa-2048', authority: 'rsa-4096' },
  { name: 'RSA-3072 PSS', signer: 'rsa-3072-pss', authority: 'rsa-3072-pss' },
  { name: 'P-256, CSCA P-384', signer: 'p-256', authority: 'p-384' },
  {
    name: 'brainpoolP256r1 explicit, CSCA P384r1',
    signer: 'brainpool-256-explicit',
    authority: 'brainpool-384-explicit',
  },
  { name: 'P-384, CSCA P-384', signer: 'p-384', authority: 'p-384' },
]

/** When the bench's documents are issued and judged. */
export const AT = new Date('2026-06-01T00:00:00Z')

export const STATE = { code: 'UTO', country: 'UT', name: 'Utopia' }
export const VALIDITY = { notBefore: new Date('2025-01-01T00:00:00Z'), notAfter: new Date('2036-01-01T00:00:00Z') }
const MRZ = ['P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<', 'L898902C36UTO7408122F1204159ZE184226B<<<<<10']
/** A portrait of noise that makes DG2 some 18 KB long, as real ones are. */
const PORTRAIT = { width: 195, height: 250, quality: 86 }

/** A passport's chip and what verifies it. */
export interface BenchPassport {
  readonly files: ChipEvidence['files']
  readonly csca: Uint8Array
  readonly dsc: Uint8Array
  openTrust(): TrustStore
}

/** Issues a passport with EF.COM, EF.SOD, DG1 and DG2 under fresh keys of the given kinds. */
export async function issuePassport(signer: KeyProfile, authority: KeyProfile): Promise<BenchPassport> {
  const csca = await establishAuthority(STATE, Buffer.of(1), VALIDITY, authority)
  const dsc = await certifySigner(csca, 'Document Signer 1', Buffer.of(2), VALIDITY, signer)
  const files = { DG1: writeDg1(MRZ), DG2: writeDg2(await portrait()) }
  const groups = new Map<number, Uint8Array>([
    [1, files.DG1],
    [2, files.DG2],
  ])
  const sod = writeSecurityObject(groups, dsc, AT)
  return {
    files: { EF_COM: writeEfCom([1, 2]), EF_SOD: sod, ...files },
    csca: csca.certificate,
    dsc: dsc.certificate,
    openTrust: () => openTrustStore([{ path: 'anchors/csca.cer', bytes: csca.certificate }]),
  }
}

async function portrait() {
  const { width, height, quality } = PORTRAIT
  const data = new Uint8Array(width * height * 3)
  let state = 1
  for (let i = 0; i < data.length; i++) {
    state = (state * 48271) % 0x7fffffff
    data[i] = 96 + (state & 63)
  }
  return { encoding: 'jpeg' as const, width, height, bytes: await encodeJpeg({ width, height, data }, quality) }
}
