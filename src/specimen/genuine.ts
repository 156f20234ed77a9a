import type { ChipKey } from './chip/chip-key.ts'
import { generateEcChipKey, generateRsaChipKey } from './chip/chip-key.ts'
import type { EncodedPortrait } from './chip/face-template.ts'
import { drawNumber, drawOctets } from './draw.ts'
import type { Gallery } from './gallery.ts'
import { type PassportData, statePassport, writeChip } from './passport.ts'
import { type PassportOffice, shiftDays } from './passport-office.ts'
import { poseChallenge } from './performance.ts'
import type { Person } from './person/index.ts'
import type { DocumentSigner } from './pki/signing-authority.ts'
import type { Specimen } from './specimen.ts'

/** A passport with what only its issuer knows: from here genuine specimens and forgeries are made. */
export interface IssuedPassport {
  readonly data: PassportData
  readonly portrait: EncodedPortrait
  readonly chipKey: ChipKey
  readonly signer: DocumentSigner
  /** Everything that is drawn for it follows from this. */
  readonly seed: string
}

/** Passports are issued so many days before the inspection, at least and at most. */
const LEAST_AGE_DAYS = 30
const MOST_AGE_DAYS = 700

/** Issues a passport; every other one has RSA keys and a JPEG portrait instead of curves and JPEG 2000. */
export async function issuePassport(
  office: PassportOffice,
  gallery: Gallery,
  holder: Person,
  at: Date,
  number: number,
  seed: string,
): Promise<IssuedPassport> {
  const age = LEAST_AGE_DAYS + drawNumber(seed, 'age', MOST_AGE_DAYS - LEAST_AGE_DAYS)
  const data = statePassport(holder, shiftDays(at, -age), seed)
  const isRsa = number % 2 === 1
  return {
    data,
    portrait: await gallery.encodedPortrait(holder, isRsa ? 'jpeg' : 'jpeg2000'),
    chipKey: isRsa ? await generateRsaChipKey() : await generateEcChipKey(),
    signer: isRsa ? office.rsaSigner : office.signer,
    seed,
  }
}

/** The passport and its holder before an inspection. */
export function presentGenuine(passport: IssuedPassport, gallery: Gallery, id: string): Specimen {
  const { data, portrait, chipKey, signer, seed } = passport
  const challenge = drawOctets(seed, 'active authentication', 8)
  const asked = poseChallenge(data.holder.id)
  return {
    id,
    printed: data,
    printedPortrait: gallery.portrait(data.holder),
    chip: writeChip(data, portrait, chipKey, signer),
    activeAuthentication: { challenge, response: chipKey.respond(challenge) },
    performer: data.holder,
    performed: asked,
    challenge: asked,
    expect: { verdict: 'accepted', reasons: [] },
  }
}
