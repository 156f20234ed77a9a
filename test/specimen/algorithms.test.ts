import { expect, it } from 'vitest'
import { openTrustStore, verifyChip } from '../../src/chip/index.ts'
import { generateEcChipKey } from '../../src/specimen/chip/chip-key.ts'
import { statePassport, writeChip } from '../../src/specimen/passport.ts'
import { UTOPIA } from '../../src/specimen/passport-office.ts'
import { cast } from '../../src/specimen/person/index.ts'
import { certifySigner, establishAuthority } from '../../src/specimen/pki/signing-authority.ts'
import type { KeyProfile } from '../../src/specimen/pki/signing-key.ts'
import { codeStream } from '../chip/lds/chip-files.ts'

const AT = new Date('2026-11-23T12:00:00Z')
const VALIDITY = { notBefore: new Date('2024-01-01T00:00:00Z'), notAfter: new Date('2037-01-01T00:00:00Z') }
const portrait = { encoding: 'jpeg2000', width: 300, height: 400, bytes: codeStream(300, 400) } as const

const PAIRS: readonly (readonly [KeyProfile, KeyProfile])[] = [
  ['rsa-4096', 'rsa-2048'],
  ['rsa-3072-pss', 'rsa-3072-pss'],
  ['p-384', 'p-256'],
  ['brainpool-384-explicit', 'brainpool-256-explicit'],
  ['p-384', 'p-384'],
]

it.each(PAIRS)('a chip under keys %s and %s verifies without a deviation', async (authorityKey, signerKey) => {
  const authority = await establishAuthority(UTOPIA, Buffer.of(1), VALIDITY, authorityKey)
  const signer = await certifySigner(authority, 'Document Signer', Buffer.of(2), VALIDITY, signerKey)
  const data = statePassport(cast()[0]!, new Date('2026-01-31T00:00:00Z'), 'algorithms')
  const files = Object.fromEntries(writeChip(data, portrait, await generateEcChipKey(), signer))
  const trust = openTrustStore([{ path: 'anchors/csca.cer', bytes: authority.certificate }])
  const { checks, deviations } = verifyChip({ files }, trust, AT)
  const open = Object.entries(checks).filter(([, { status }]) => status !== 'passed')
  expect(open.map(([check]) => check)).toEqual([
    'chip.revocation',
    'chip.activeAuthentication',
    'chip.chipAuthentication',
  ])
  expect(deviations).toEqual([])
})
