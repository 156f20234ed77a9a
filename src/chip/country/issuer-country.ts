import { type Deviation, failed, indeterminate, notPerformed, type Outcome, passed } from '../../check/index.ts'
import type { Certificate } from '../certificate/index.ts'
import { certificateCountries } from './country-codes.ts'

/** The outcome and the oddities of how countries are written. */
export interface CountryFinding {
  readonly outcome: Outcome
  readonly deviations: readonly Deviation[]
}

/**
 * The MRZ's issuing state is the country of the signer and of the authorities above it (ICAO 9303-12, 7.1.1.2; codes:
 * 9303-3, 5): otherwise any trusted state could sign any other's passports. `path` is the signer alone where no path was
 * found. Not performed: `no-mrz`. Indeterminate: `certificate-country-missing`. Failed: `issuing-state-unknown`,
 * `issuing-state-mismatch`.
 */
export function checkIssuerCountry(mrz: readonly string[] | undefined, path: readonly Certificate[]): CountryFinding {
  const issuingState = mrz?.[0]?.slice(2, 5).replace(/<+$/, '')
  if (issuingState === undefined) return { outcome: notPerformed('no-mrz'), deviations: [] }
  const written = path.map(countryOf).filter((country) => country !== undefined)
  const countries = [...new Set(written.map((country) => country.toUpperCase()))]
  const deviations = written.some((country) => country !== country.toUpperCase())
    ? [{ code: 'country-case', where: 'DSC' }]
    : []
  const evidence = { issuingState, countries }
  if (countries.length === 0) return { outcome: indeterminate('certificate-country-missing', evidence), deviations }
  const allowed = [...certificateCountries(issuingState), issuingState]
  if (allowed.length === 1) return { outcome: failed('issuing-state-unknown', evidence), deviations }
  const agrees = countries.every((country) => allowed.includes(country))
  return { outcome: agrees ? passed(evidence) : failed('issuing-state-mismatch', evidence), deviations }
}

const countryOf = ({ subject, issuer }: Certificate): string | undefined => subject.country ?? issuer.country
