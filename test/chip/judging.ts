import { type ChipReport, openTrustStore, verifyChip } from '../../src/chip/index.ts'
import { type Passport, type PassportOptions, passport } from './issuing/passport.ts'

/** When the passports of these tests are judged, unless they say otherwise. */
export const AT = new Date('2024-09-01T00:00:00Z')

export const openTrust = (trust: Record<string, Uint8Array>) =>
  openTrustStore(Object.entries(trust).map(([path, bytes]) => ({ path, bytes })))

export const verified = ({ files, trust }: Pick<Passport, 'files' | 'trust'>, at = AT): ChipReport =>
  verifyChip({ files }, openTrust(trust), at)

/** What is found of the passport that these options make. */
export const report = (options: PassportOptions = {}): ChipReport => verified(passport(options))

/** `check/code` of every check of passive authentication that did not pass; no CRL and no proof are expected. */
export function objections({ checks }: ChipReport): string[] {
  return Object.entries(checks)
    .filter(
      ([, { status, code }]) =>
        status !== 'passed' && !/^(no-crl|chip-proof-missing|chip-proof-not-offered)$/.test(code),
    )
    .map(([check, { code }]) => `${check.replace('chip.', '')}/${code}`)
}

/** The codes of the deviations, once each. */
export const oddities = ({ deviations }: ChipReport): string[] => [...new Set(deviations.map(({ code }) => code))]
