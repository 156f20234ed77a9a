import type { Deviation } from '../check/index.ts'
import type { LdsSecurityObject } from './cms/index.ts'
import { type CommonData, compareEfCom, type DataGroups, dottedVersion, type SecurityInfo } from './lds/index.ts'
import type { PassiveFinding } from './passive-authentication.ts'

/** A signed copy of EF.CardAccess, and the name that deviations give it. */
interface SignedCopy {
  readonly name: 'dg14' | 'card-security'
  readonly infos: readonly SecurityInfo[]
}

/**
 * Where the files that nobody signed differ from the signed ones (ICAO 9303-10, 4.6.1; 9303-11, 9.2.11 to 9.2.13): EF.COM
 * from EF.SOD, EF.CardAccess from DG14 and from EF.CardSecurity. `access` is how the reader says it opened the chip: `bac`,
 * or the protocol of PACE.
 *
 * Deviations: those of `compareEfCom`; `card-access-missing`, `card-access-dg14-mismatch`,
 * `card-access-card-security-mismatch`, which tell of a reader that was made to fall back from PACE, `pace-skipped` of one
 * that did, and `access-protocol-not-offered`.
 */
export function compareUnsignedFiles(
  { com, cardAccess, dg14 }: DataGroups,
  { object }: PassiveFinding,
  cardSecurity: readonly SecurityInfo[] | undefined,
  access: string | undefined,
): Deviation[] {
  const deviations = com && object ? compareWithSecurityObject(com, object) : []
  if (!cardAccess && !dg14 && !cardSecurity) return deviations
  const copies: SignedCopy[] = [
    ...(dg14 ? [{ name: 'dg14' as const, infos: dg14 }] : []),
    ...(cardSecurity ? [{ name: 'card-security' as const, infos: cardSecurity }] : []),
  ]
  return [...deviations, ...compareCardAccess(cardAccess, copies), ...compareAccess(access, cardAccess, copies)]
}

function compareWithSecurityObject(com: CommonData, { ldsVersion, dataGroupHashes }: LdsSecurityObject): Deviation[] {
  const signed = { ldsVersion: ldsVersion && dottedVersion(ldsVersion), dataGroups: [...dataGroupHashes.keys()] }
  return compareEfCom(com, signed)
}

function compareCardAccess(cardAccess: readonly SecurityInfo[] | undefined, copies: readonly SignedCopy[]) {
  if (!cardAccess) {
    const offered = [...new Set(copies.flatMap(({ infos }) => paceProtocols(infos)))]
    return offered.length > 0 ? [deviation('card-access-missing', { offered })] : []
  }
  return copies.flatMap(({ name, infos }) => {
    const [announced, offered] = [paceOffers(cardAccess), paceOffers(infos)]
    const agree = announced.length === offered.length && announced.every((offer, i) => offer === offered[i])
    return agree ? [] : [deviation(`card-access-${name}-mismatch`, { offered, announced })]
  })
}

/** What the reader says of itself: only a deviation can follow, since nothing vouches for it. */
function compareAccess(
  access: string | undefined,
  cardAccess: readonly SecurityInfo[] = [],
  copies: readonly SignedCopy[],
): Deviation[] {
  if (access === undefined) return []
  const offered = [...new Set([cardAccess, ...copies.map(({ infos }) => infos)].flatMap(paceProtocols))]
  if (access === 'bac') return offered.length > 0 ? [deviation('pace-skipped', { offered })] : []
  return offered.includes(access) ? [] : [deviation('access-protocol-not-offered', { access, offered })]
}

const paceProtocols = (infos: readonly SecurityInfo[]): string[] =>
  infos.filter(({ kind }) => kind === 'pace').map(({ protocol }) => protocol)

/** `protocol/version/parameters` of every PACEInfo, in order, each once. */
function paceOffers(infos: readonly SecurityInfo[]): string[] {
  const offers = infos.flatMap((info) =>
    info.kind === 'pace' ? [`${info.protocol}/${info.version}/${info.parameterId ?? ''}`] : [],
  )
  return [...new Set(offers)].sort()
}

const deviation = (code: string, evidence: NonNullable<Deviation['evidence']>): Deviation => ({
  code,
  where: 'EF_CardAccess',
  evidence,
})
