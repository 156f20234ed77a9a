import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Find } from './fuzzer.ts'

const SEPARATOR = '--'
const ENDING = '.bin'
const GENUINE_ENDING = '.genuine'

/** Keeps a find, and beside it the genuine file that it was made from: keys differ from run to run. */
export function keepFind(folder: string, seed: number, { target, number, input, genuine }: Find): string {
  mkdirSync(folder, { recursive: true })
  const file = join(folder, `${target.replaceAll('/', '_')}${SEPARATOR}${seed}-${number}${ENDING}`)
  writeFileSync(file, input)
  writeFileSync(file.replace(ENDING, GENUINE_ENDING), genuine)
  return file
}

/** What earlier runs found, with the target of each. */
export function earlierFinds(folder: string, targets: readonly string[]): { target: string; input: Buffer }[] {
  return filesOf(folder).flatMap((file) => {
    const name = file.slice(0, file.lastIndexOf(SEPARATOR))
    const target = targets.find((one) => one.replaceAll('/', '_') === name)
    return target ? [{ target, input: readFileSync(join(folder, file)) }] : []
  })
}

function filesOf(folder: string): string[] {
  try {
    return readdirSync(folder)
      .filter((file) => file.endsWith(ENDING))
      .sort()
  } catch {
    return [] // nothing was found yet
  }
}
