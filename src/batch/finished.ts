import { createReadStream } from 'node:fs'
import { truncate } from 'node:fs/promises'

/**
 * What an earlier run left in a results file: the ids that have a line there. A last line that was cut off in the
 * middle is removed, so that appending goes on where whole lines end. An absent file has no ids.
 */
export async function finishedIds(path: string): Promise<ReadonlySet<string>> {
  const ids = new Set<string>()
  let rest = ''
  let whole = 0
  try {
    for await (const chunk of createReadStream(path, 'utf8')) {
      const lines = (rest + (chunk as string)).split('\n')
      rest = lines.pop() ?? ''
      for (const line of lines) {
        whole += Buffer.byteLength(line) + 1
        const id = idOf(line)
        if (id !== undefined) ids.add(id)
      }
    }
  } catch (error) {
    if ((error as { code?: string }).code === 'ENOENT') return ids
    throw error
  }
  if (rest !== '') await truncate(path, whole)
  return ids
}

function idOf(line: string): string | undefined {
  try {
    const { id } = JSON.parse(line) as { id?: unknown }
    return typeof id === 'string' ? id : undefined
  } catch {
    return undefined
  }
}
