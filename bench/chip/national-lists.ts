import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { openTrustStore } from '../../src/chip/index.ts'

/** A national master list and the certificate that its signer leads to: their paths. */
export interface NationalList {
  readonly name: string
  readonly list: string
  readonly anchor: string
}

/** The lists (`*.ml`) of a folder, each with the one of the certificates there (`*.cer`) that makes it trusted. */
export function nationalLists(folder: string): NationalList[] {
  const names = readdirSync(folder)
  const anchors = names.filter((name) => name.endsWith('.cer')).map((name) => join(folder, name))
  return names
    .filter((name) => name.endsWith('.ml'))
    .map((name) => {
      const list = join(folder, name)
      const anchor = anchors.find((candidate) => isTrusted(list, candidate))
      if (!anchor) throw new Error(`no certificate in ${folder} makes ${name} trusted`)
      return { name, list, anchor }
    })
}

function isTrusted(list: string, anchor: string): boolean {
  const { masterLists } = openTrustStore([
    { path: 'master-lists/list.ml', bytes: readFileSync(list) },
    { path: 'master-lists/list.anchor.cer', bytes: readFileSync(anchor) },
  ])
  return masterLists[0]?.object.verdict === 'trusted'
}
