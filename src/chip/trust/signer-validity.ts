import { failed, type Outcome, passed } from '../../check/index.ts'
import type { Certificate } from '../certificate/index.ts'

/**
 * The signer was valid when it signed (ICAO 9303-11, 5.1; RFC 5280, 4.1.2.5); without a signing time, at `at`, and the
 * evidence says so. Failed: `signer-not-yet-valid`, `signer-expired`.
 */
export function checkSignerValidity(signer: Certificate, signingTime: Date | undefined, at: Date): Outcome {
  const moment = signingTime ?? at
  const { notBefore, notAfter } = signer.validity
  const evidence = {
    judgedAt: moment.toISOString(),
    timeFrom: signingTime ? 'signing-time' : 'evaluation',
    notBefore,
    notAfter,
  }
  if (moment < signer.notBefore) return failed('signer-not-yet-valid', evidence)
  if (moment > signer.notAfter) return failed('signer-expired', evidence)
  return passed(evidence)
}
