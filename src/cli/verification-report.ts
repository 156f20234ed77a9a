import type { Status } from '../check/index.ts'
import type { CheckResult, DocumentResult, Timings, Verdict, VerificationResult } from '../verification/result.ts'
import { paint, print } from './output.ts'

type Style = Parameters<typeof paint>[0]

const MARKS: Readonly<Record<Status, readonly [mark: string, style: Style]>> = {
  passed: ['✓', 'green'],
  failed: ['✗', 'red'],
  indeterminate: ['?', 'yellow'],
  not_performed: ['·', 'gray'],
}

export const VERDICT_STYLES: Readonly<Record<Verdict, 'green' | 'red' | 'yellow'>> = {
  accepted: 'green',
  rejected: 'red',
  undecided: 'yellow',
}

/** Prints a verification for people: who the document names, the checklist with marks, the verdict and its reasons. */
export function printVerification(result: VerificationResult, timings: Timings): void {
  if (result.document) printDocument(result.document)
  for (const group of groupByDomain(result.checks)) {
    print(paint('bold', group.domain))
    for (const check of group.checks) {
      print(checkLine(check))
      if (isList(check.evidence.unmeasured)) print(paint('gray', `      ${unmeasuredLine(check.evidence.unmeasured)}`))
    }
  }
  for (const { code, where } of result.deviations) print(paint('gray', `  deviation ${code} in ${where}`))
  print()
  const verdict = paint(['bold', VERDICT_STYLES[result.verdict]], result.verdict.toUpperCase())
  print(`${verdict} under policy ${result.policy}${result.tolerant ? ', tolerant' : ''}${milliseconds(timings)}`)
  for (const reason of result.reasons) print(`  because ${reason}`)
}

function printDocument(document: DocumentResult): void {
  const name = [document.givenNames, document.surname].filter(Boolean).join(' ')
  print(`${paint('bold', name)}  ${document.issuingState} ${document.documentNumber}, born ${document.dateOfBirth}`)
  print(paint('gray', `as the ${document.source} says; expires ${document.dateOfExpiry}`))
  print()
}

/** Said wherever a detector's score is shown. */
export function unmeasuredLine(unmeasured: readonly unknown[]): string {
  return `not measured against ${unmeasured.join(', ')}`
}

function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value) && value.length > 0
}

function checkLine({ check, status, code, evidence }: CheckResult): string {
  const [mark, style] = MARKS[status]
  const name = check.slice(check.indexOf('.') + 1).padEnd(22)
  const facts = Object.entries(evidence)
    .filter(([, value]) => typeof value !== 'object')
    .map(([key, value]) => `${key} ${value}`)
    .join(', ')
  const why = status === 'passed' ? '' : code
  return `  ${paint(style, mark)} ${name} ${[why, paint('gray', facts)].filter(Boolean).join('  ')}`.trimEnd()
}

function groupByDomain(checks: readonly CheckResult[]): readonly { domain: string; checks: CheckResult[] }[] {
  const groups: { domain: string; checks: CheckResult[] }[] = []
  for (const check of checks) {
    const domain = check.check.slice(0, check.check.indexOf('.'))
    const last = groups.at(-1)
    if (last?.domain === domain) last.checks.push(check)
    else groups.push({ domain, checks: [check] })
  }
  return groups
}

function milliseconds(timings: Timings): string {
  const total = Object.values(timings).reduce((sum, ms) => sum + ms, 0)
  return total > 0 ? paint('gray', `  (${Math.round(total)} ms)`) : ''
}
