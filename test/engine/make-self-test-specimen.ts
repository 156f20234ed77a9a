/** Issues the chip of the engine's self-test again: `npx tsx test/engine/make-self-test-specimen.ts`. */
import { writeFile } from 'node:fs/promises'
import { writeMrz } from '../../src/mrz/index.ts'
import { writeDg1, writeEfCom } from '../../src/specimen/chip/data-groups.ts'
import { writeSecurityObject } from '../../src/specimen/chip/security-object.ts'
import { openPassportOffice } from '../../src/specimen/passport-office.ts'

const AT = new Date('2026-01-01T12:00:00Z')

const { authority, signer } = await openPassportOffice(AT, 'self-test')
const dg1 = writeDg1(
  writeMrz({
    format: 'TD3',
    code: 'P',
    issuingState: 'UTO',
    documentNumber: 'U00000000',
    surname: 'TEST',
    givenNames: 'SELF',
    nationality: 'UTO',
    dateOfBirth: '1990-01-31',
    sex: 'X',
    dateOfExpiry: '2031-01-31',
    optionalData: '',
  }),
)
const files = {
  EF_COM: writeEfCom([1]),
  EF_SOD: writeSecurityObject(new Map([[1, dg1]]), signer, AT),
  DG1: dg1,
}

const constant = (bytes: Uint8Array) => `'${Buffer.from(bytes).toString('base64')}'`
await writeFile(
  new URL('../../src/engine/self-test/specimen.ts', import.meta.url),
  `/** A chip without a portrait that Utopia issued, base64. Made by test/engine/make-self-test-specimen.ts. */
export const SPECIMEN = {
${Object.entries(files)
  .map(([name, bytes]) => `  ${name}: ${constant(bytes)},`)
  .join('\n')}
} as const

/** The certificate of Utopia's authority, base64. */
export const ANCHOR = ${constant(authority.certificate)}

/** When it is judged. */
export const AT = '${AT.toISOString()}'
`,
)
