import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ChipFileName } from '../../src/chip/report.ts'
import { createEngine, type Engine, type Fault } from '../../src/engine/index.ts'
import { SPECIMEN } from '../../src/engine/self-test/specimen.ts'
import { createApp, createLogger } from '../../src/http/index.ts'
import { encodeJpeg, type Picture } from '../../src/image/index.ts'
import type { VerificationEvidence } from '../../src/verification/index.ts'
import { form, post } from '../http/service.ts'

const fromBase64 = (text: string) => new Uint8Array(Buffer.from(text, 'base64'))
const CHIP = {
  EF_COM: fromBase64(SPECIMEN.EF_COM),
  EF_SOD: fromBase64(SPECIMEN.EF_SOD),
  DG1: fromBase64(SPECIMEN.DG1),
}

/** A JPEG's header that promises 20 000 x 13 000 pixels. */
const HUGE = Uint8Array.from([
  0xff, 0xd8, 0xff, 0xc0, 0, 17, 8, 0x32, 0xc8, 0x4e, 0x20, 3, 1, 0x22, 0, 2, 0x11, 1, 3, 0x11, 1,
])
const GREY: Picture = { width: 640, height: 480, data: new Uint8Array(640 * 480 * 3).fill(128) }
/** Sequences in sequences, 4000 deep, each of indefinite length. */
const NESTED = new Uint8Array(Buffer.alloc(8000, Buffer.of(0x30, 0x80)))
/** A length of 4 GB before three bytes. */
const LYING = Uint8Array.of(0x77, 0x84, 0xff, 0xff, 0xff, 0xff, 1, 2, 3)

let engine: Engine
let app: FastifyInstance
let origin: string
let blank: Uint8Array

beforeAll(async () => {
  engine = await createEngine({ workers: 1 })
  await engine.warmUp()
  app = await createApp(engine, { logger: createLogger({ write: () => {} }) })
  origin = await app.listen({ host: '127.0.0.1', port: 0 })
  blank = await encodeJpeg(GREY)
})

afterAll(async () => {
  await app.close()
  await engine.close()
})

const chip = (files: Partial<Record<ChipFileName, Uint8Array>>): VerificationEvidence => ({ chip: { files } })
const selfie = (bytes: Uint8Array): VerificationEvidence => ({ selfie: [{ bytes }] })

/** The same evidence through the library and over HTTP. */
async function ask(evidence: VerificationEvidence) {
  const { page, chip, selfie } = evidence
  const library = await engine.verify(evidence, { policy: 'passport-match' }).catch((fault: Fault) => fault)
  const parts = {
    ...(page ? { page } : {}),
    ...chip?.files,
    ...(selfie ? { selfie: selfie.map(({ bytes }) => bytes) } : {}),
    request: { policy: 'passport-match' },
  }
  const http = await post(`${origin}/v1/verifications`, form(parts))
  return { library, http }
}

describe.each<[string, () => VerificationEvidence, number, string]>([
  ['an empty page', () => ({ page: new Uint8Array(0) }), 400, 'image-empty'],
  ['a page that is text', () => ({ page: Buffer.from('P<UTO') }), 415, 'image-type-unsupported'],
  ['a page that is HEIC', () => ({ page: Buffer.from('\0\0\0\x18ftypheic\0\0\0\0') }), 415, 'image-heic-unsupported'],
  ['a page cut in half', () => ({ page: blank.subarray(0, blank.length / 2) }), 400, 'image-damaged'],
  ['a page of 20 000 x 13 000 pixels', () => ({ page: HUGE }), 413, 'image-too-large'],
  ['a selfie that is no picture', () => selfie(Buffer.from('GIF89a')), 415, 'image-type-unsupported'],
])('%s', (_, evidence, status, code) => {
  it(`is an error, ${code}, at once`, async () => {
    const { library, http } = await ask(evidence())
    expect(library).toMatchObject({ code })
    expect(http).toMatchObject({ status, json: { code } })
  })
})

describe.each<[string, () => VerificationEvidence, string]>([
  ['nothing at all', () => ({}), 'mrz.found/page-missing'],
  ['a page without MRZ', () => ({ page: blank }), 'mrz.found/mrz-not-found'],
  ['a selfie without a face', () => selfie(blank), 'face.capture/no-face'],
  ['a chip without EF.SOD', () => chip({ DG1: CHIP.DG1 }), 'chip.sodSignature/no-ef-sod'],
  ['an empty EF.SOD', () => chip({ ...CHIP, EF_SOD: new Uint8Array(0) }), 'chip.structure/'],
  ['DER nested without end', () => chip({ ...CHIP, EF_SOD: NESTED }), 'chip.structure/'],
  ['a length that lies', () => chip({ ...CHIP, EF_SOD: LYING }), 'chip.structure/'],
  ['a DG1 cut off', () => chip({ ...CHIP, DG1: CHIP.DG1.subarray(0, 40) }), 'chip.structure/'],
])('%s', (_, evidence, reason) => {
  it(`is a result that says ${reason}`, async () => {
    const { library, http } = await ask(evidence())
    if (!('result' in library)) throw library
    expect(library.result.reasons).toContainEqual(expect.stringContaining(reason))
    expect(http.status).toBe(200)
    expect(http.json.verdict).not.toBe('accepted')
    expect(http.json.reasons).toEqual(library.result.reasons)
  })
})
