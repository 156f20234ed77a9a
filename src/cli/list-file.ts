import { readFile, stat } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { Fault } from '../check/index.ts'

/** Hundreds of thousands of entries. */
const MAX_LIST_BYTES = 256 * 1024 * 1024

/**
 * Reads a JSON array of objects whose `fields` are paths, relative to the file.
 * Throws `file-unreadable`, `file-too-large`, `file-no-json` or `list-malformed`.
 */
export async function readListFile<Field extends string>(
  path: string,
  fields: readonly Field[],
): Promise<readonly Record<Field, string>[]> {
  const list = await readJson(path)
  const isEntry = (entry: unknown): entry is Record<Field, string> =>
    typeof entry === 'object' &&
    entry !== null &&
    fields.every((field) => typeof (entry as Record<string, unknown>)[field] === 'string')
  if (!Array.isArray(list) || !list.every(isEntry)) {
    throw new Fault('list-malformed', 'malformed', `the list is no JSON array of {${fields.join(', ')}}`)
  }
  return list
}

/** Where an entry of the list at `list` lies. */
export function besideList(list: string, entry: string): string {
  return resolve(dirname(list), entry)
}

async function readJson(path: string): Promise<unknown> {
  const text = await readText(path)
  try {
    return JSON.parse(text)
  } catch {
    throw new Fault('file-no-json', 'malformed', 'a file that should hold JSON does not')
  }
}

async function readText(path: string): Promise<string> {
  const size = await stat(path).catch((cause: unknown) => {
    throw new Fault('file-unreadable', 'malformed', 'the list cannot be read', { cause })
  })
  if (!size.isFile()) throw new Fault('file-unreadable', 'malformed', 'the list is no regular file')
  if (size.size > MAX_LIST_BYTES)
    throw new Fault('file-too-large', 'too-large', `the list exceeds ${MAX_LIST_BYTES} bytes`)
  return readFile(path, 'utf8')
}
