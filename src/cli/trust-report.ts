import type { TrustReport } from '../chip/index.ts'
import { paint, print } from './output.ts'

/** Countries that fit on a line of the summary. */
const COUNTRIES_A_LINE = 24

/** Prints what a trust store holds: counts first, then everything that a person may have to act on. */
export function printTrust({ anchors, certificates, crls, masterLists, skipped }: TrustReport): void {
  const listed = masterLists.filter(({ verdict }) => verdict === 'trusted')
  const total = anchors.length + listed.reduce((sum, list) => sum + list.certificates, 0)
  print(paint('bold', `${total} trust anchors`))
  print(`  ${anchors.length} in anchors/, ${total - anchors.length} in ${listed.length} trusted master lists`)
  printCountries(anchors.map(({ country }) => country?.toUpperCase() ?? '??'))
  for (const { file, subject, problems } of anchors) printProblems(file, subject, problems)

  for (const { file, verdict, code, certificates: count, rejected, deviations } of masterLists) {
    const mark = verdict === 'trusted' ? paint('green', '✓ trusted') : paint('red', `✗ untrusted (${code})`)
    print(`${paint('bold', file)}  ${mark}, ${count} certificates`)
    for (const { index, code: why } of rejected) print(`  ${paint('yellow', '~')} entry ${index} rejected: ${why}`)
    for (const { code: odd, where } of deviations) print(`  ${paint('dim', `${odd} (${where})`)}`)
  }

  print(paint('bold', `${certificates.length} further certificates`))
  for (const { file, subject, problems } of certificates) printProblems(file, subject, problems)

  print(paint('bold', `${crls.length} revocation lists`))
  for (const { file, issuer, thisUpdate, nextUpdate, revoked, verified } of crls) {
    const mark = verified ? paint('green', '✓') : paint('red', '✗ not signed by a trusted authority')
    const until = nextUpdate ? ` to ${nextUpdate.slice(0, 10)}` : ''
    print(`  ${mark} ${file}: ${issuer}, ${revoked} revoked, ${thisUpdate.slice(0, 10)}${until}`)
  }

  if (skipped.length === 0) return
  print(paint('bold', `${skipped.length} skipped`))
  for (const { file, code, message } of skipped) print(`  ${paint('yellow', '~')} ${file}: ${message} (${code})`)
}

function printCountries(countries: readonly string[]): void {
  const distinct = [...new Set(countries)].sort()
  for (let start = 0; start < distinct.length; start += COUNTRIES_A_LINE) {
    print(`  ${paint('dim', distinct.slice(start, start + COUNTRIES_A_LINE).join(' '))}`)
  }
}

function printProblems(file: string, subject: string, problems: readonly string[]): void {
  for (const problem of problems) print(`  ${paint('yellow', '~')} ${file}: ${subject}: ${problem}`)
}
