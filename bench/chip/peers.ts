import { readFileSync } from 'node:fs'
import { CHIP_CHECKS, openTrustStore, verifyChip } from '../../src/chip/index.ts'
import { policyNamed } from '../../src/verification/policies.ts'
import { decide } from '../../src/verification/verdict.ts'
import { quantile, table } from '../report.ts'
import { type NationalList, nationalLists } from './national-lists.ts'
import { type Answer, askGmrtd } from './peers/gmrtd.ts'
import { pkijsAccepts } from './peers/pkijs.ts'
import { issueVectors, readVectors, type Vector } from './peers/vectors.ts'

/**
 * Rounds over all vectors, and verifications of each in a round; the quarter of the rounds that was disturbed least
 * counts: a compiler that works while the program runs needs the first ones.
 */
const ROUNDS = 8
const CALLS = 10

export interface PeerFolders {
  /** Further documents, with an `index.json`. */
  readonly vectors: string | undefined
  /** National master lists. */
  readonly lists: string | undefined
}

/** What one verifier makes of one vector. */
interface Opinion {
  readonly verdict: 'accepted' | 'rejected' | 'panicked'
  /** CPU time of one verification, from the files' bytes and the anchors' to the verdict. */
  readonly microseconds: number
}

/**
 * Genkend, gmrtd (Go) and pkijs with asn1js on the same documents: passive authentication, everything from the bytes. A
 * genuine document has to be accepted and any other not. gmrtd and pkijs take no revocation lists and no link
 * certificates, and gmrtd's country table knows no Utopia, so that it is not asked for the country.
 */
export async function benchPeers({ vectors: folder, lists: listFolder }: PeerFolders): Promise<string> {
  const vectors = [...(await issueVectors()), ...(folder ? readVectors(folder) : [])]
  const lists = listFolder ? nationalLists(listFolder) : []
  const systems = new Map<string, readonly Opinion[]>()
  systems.set('Genkend', await inTurn(vectors, genkendAccepts))
  systems.set('pkijs', await inTurn(vectors, ({ files, anchors, at }) => pkijsAccepts(files, anchors, at)))
  const answer = await askGmrtd({ repeats: ROUNDS * CALLS, documents: vectors, lists: lists.map(bytesOf) })
  if (typeof answer !== 'string') systems.set('gmrtd', answer.documents)
  const note = typeof answer === 'string' ? `\n${answer}` : ''

  const rows = vectors.map(({ name, genuine }, i) => [
    name,
    genuine ? 'genuine' : 'not',
    ...[...systems.values()].flatMap((opinions) => cells(genuine, opinions[i]!)),
  ])
  const header = ['', '', ...[...systems.keys()].flatMap((name) => [name, 'us'])]
  const summaries = [...systems].map((system) => summary(vectors, ...system))
  const parts = [table(header, rows), summaries.join('\n') + note]
  if (lists.length > 0) parts.push(await compareLists(lists, typeof answer === 'string' ? undefined : answer))
  return parts.join('\n\n')
}

const bytesOf = ({ list, anchor }: NationalList) => ({ list: readFileSync(list), anchor: readFileSync(anchor) })

/** Until the list is verified and its certificates can be looked up; a warm process. */
async function compareLists(lists: readonly NationalList[], gmrtd: Answer | undefined): Promise<string> {
  const ours = await inTurn(lists.map(bytesOf), ({ list, anchor }) => {
    const files = [
      { path: 'master-lists/list.ml', bytes: list },
      { path: 'master-lists/list.anchor.cer', bytes: anchor },
    ]
    return openTrustStore(files).masterLists[0]?.object.verdict === 'trusted'
  })
  const rows = lists.map(({ name }, i) => [
    name,
    ...[ours[i], gmrtd?.lists[i]].flatMap((opinion) => (opinion ? cells(true, opinion) : [])),
  ])
  return table(['', 'Genkend', 'us', ...(gmrtd ? ['gmrtd', 'us'] : [])], rows)
}

function genkendAccepts({ files, anchors, further, at }: Vector): boolean {
  const trusted = anchors.map((bytes, i) => ({ path: `anchors/${i}.cer`, bytes }))
  const report = verifyChip({ files }, openTrustStore([...trusted, ...further]), at)
  const checks = CHIP_CHECKS.map((check) => ({ check, ...report.checks[check] }))
  return decide(policyNamed('chip'), checks, false).verdict === 'accepted'
}

async function inTurn<T>(
  vectors: readonly T[],
  accepts: (vector: T) => boolean | Promise<boolean>,
): Promise<Opinion[]> {
  const verdicts: boolean[] = []
  const times = vectors.map((): number[] => [])
  for (let round = 0; round < ROUNDS; round++) {
    for (const [i, vector] of vectors.entries()) {
      const before = process.cpuUsage()
      for (let call = 0; call < CALLS; call++) verdicts[i] = await accepts(vector)
      const { user, system } = process.cpuUsage(before)
      times[i]!.push((user + system) / CALLS)
    }
  }
  return vectors.map((_, i) => ({
    verdict: verdicts[i] ? 'accepted' : 'rejected',
    microseconds: quantile(times[i]!, 0.25),
  }))
}

const isRight = (genuine: boolean, { verdict }: Opinion): boolean => verdict === (genuine ? 'accepted' : 'rejected')

function cells(genuine: boolean, opinion: Opinion): string[] {
  const mark = isRight(genuine, opinion) ? '' : ' !'
  return [`${opinion.verdict}${mark}`, opinion.microseconds.toFixed(0)]
}

function summary(vectors: readonly Vector[], name: string, opinions: readonly Opinion[]): string {
  const count = (which: (genuine: boolean, opinion: Opinion) => boolean) =>
    vectors.filter(({ genuine }, i) => which(genuine, opinions[i]!)).length
  const falseAccepts = count((genuine, { verdict }) => !genuine && verdict === 'accepted')
  const falseRejects = count((genuine, { verdict }) => genuine && verdict === 'rejected')
  const panics = count((_, { verdict }) => verdict === 'panicked')
  return `${name}: ${count(isRight)} of ${vectors.length} right, ${falseAccepts} false accepts, ${falseRejects} false rejects, ${panics} panics`
}
