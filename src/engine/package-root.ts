import { existsSync } from 'node:fs'

/** The folder that holds package.json, as a `file:` URL: the same from the sources and from the built package. */
export function packageRoot(): URL {
  let folder = new URL('.', import.meta.url)
  while (!existsSync(new URL('package.json', folder))) {
    const parent = new URL('..', folder)
    if (parent.href === folder.href) throw new Error('package.json is missing')
    folder = parent
  }
  return folder
}
