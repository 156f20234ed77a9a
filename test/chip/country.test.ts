import { describe, expect, test } from 'vitest'
import { readCertificate } from '../../src/chip/certificate/index.ts'
import { checkIssuerCountry } from '../../src/chip/country/issuer-country.ts'
import { certificate, name } from './issuing/certificates.ts'
import { P256 } from './issuing/passport.ts'

const ofCountry = (country: string) =>
  readCertificate(certificate({ subject: name('X', country), key: P256, issuer: name('X', country), issuerKey: P256 }))

const judge = (issuingState: string, ...countries: string[]) => {
  const mrz = [`P<${issuingState.padEnd(3, '<')}ERIKSSON<<ANNA`]
  const { outcome, deviations } = checkIssuerCountry(mrz, countries.map(ofCountry))
  return [outcome.code, ...deviations.map(({ code }) => code)].join(' ')
}

describe('the issuing state and the certificates’ country', () => {
  test.each([
    ['D', 'DE'],
    ['DEU', 'DE'],
    ['UTO', 'UT'],
    ['EUE', 'EU'],
    ['GBR', 'GB'],
    ['GBD', 'GB'],
    ['GBN', 'GB'],
    ['GBO', 'GB'],
    ['GBP', 'GB'],
    ['GBS', 'GB'],
    ['UNO', 'UN'],
    ['UNA', 'UN'],
    ['UNK', 'UN'],
    ['XOM', 'XO'],
    ['XOM', 'XOM'],
    ['XPO', 'XP'],
    ['RKS', 'KS'],
    ['RKS', 'XK'],
    ['CHN', 'HK'],
    ['CHN', 'MO'],
    ['ZAR', 'CD'],
    ['ROM', 'RO'],
    ['TMP', 'TL'],
    ['ANT', 'NL'],
    ['SCG', 'RS'],
    ['TWN', 'TW'],
    ['CHE', 'CH'],
  ])('%s is signed by %s', (state, country) => {
    expect(judge(state, country, country)).toBe('ok')
  })

  test('a country in small letters is odd, not wrong', () => {
    expect(judge('ROU', 'ro', 'RO')).toBe('ok country-case')
  })

  test.each([
    ['DEU', 'AT'],
    ['GBR', 'IE'],
    ['AUT', 'AU'],
    ['UTO', 'DE'],
    ['XOM', 'UT'],
    ['CHE', 'CHN'],
    ['HKG', 'CN'],
  ])('%s is not signed by %s', (state, country) => {
    expect(judge(state, country)).toBe('issuing-state-mismatch')
  })

  test('one certificate of another country on the path is enough', () => {
    expect(judge('DEU', 'DE', 'FR')).toBe('issuing-state-mismatch')
  })

  test('codes that no state has', () => {
    expect(judge('QQQ', 'QQ')).toBe('issuing-state-unknown')
    expect(judge('', 'UT')).toBe('issuing-state-unknown')
  })

  test('no country in any certificate', () => {
    expect(judge('UTO')).toBe('certificate-country-missing')
  })
})
