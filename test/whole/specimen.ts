import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { type ManifestLine, readManifestLine } from '../../src/batch/index.ts'

/** A genuine specimen as `genkend specimen` writes it, committed so that tests need not draw it: `npm run fixtures`. */
export const SPECIMENS = fileURLToPath(new URL('../fixtures/specimens/', import.meta.url))

/** The moment of its inspection. */
export const AT = new Date('2026-11-24T12:00:00Z')

export const TRUST = `${SPECIMENS}trust`

/** Its line of the manifest, paths relative to `SPECIMENS`. */
export function specimenLine(): ManifestLine {
  const [line] = readFileSync(`${SPECIMENS}manifest.jsonl`, 'utf8').split('\n')
  return readManifestLine(line!)
}
