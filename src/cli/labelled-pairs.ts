import { Fault } from '../check/index.ts'
import { readListFile } from './list-file.ts'

/** Two pictures by their paths, and whether they are of one person. */
export interface LabelledPair {
  readonly a: string
  readonly b: string
  readonly same: boolean
  /** What kind of pictures they are, where the list says so. */
  readonly subset?: string
}

/**
 * Reads a JSON array of `{a, b, same, subset?}`; `same` is true or false (or 1 or 0).
 * Throws as `readListFile`, and `pairs-unlabelled`.
 */
export async function readLabelledPairs(path: string): Promise<readonly LabelledPair[]> {
  const list: readonly { a: string; b: string; same?: unknown; subset?: unknown }[] = await readListFile(path, [
    'a',
    'b',
  ])
  return list.map(({ a, b, same, subset }) => {
    if (typeof same !== 'boolean' && same !== 0 && same !== 1)
      throw new Fault('pairs-unlabelled', 'malformed', 'every pair must say whether it is of the same person: same')
    return { a, b, same: Boolean(same), ...(typeof subset === 'string' ? { subset } : {}) }
  })
}
