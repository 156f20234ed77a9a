import { generateEcChipKey } from './chip/chip-key.ts'
import { writeDg1 } from './chip/data-groups.ts'
import { writeDg2 } from './chip/face-template.ts'
import { drawOctets } from './draw.ts'
import type { Gallery } from './gallery.ts'
import { type IssuedPassport, presentGenuine } from './genuine.ts'
import { restated, statePassport, writeChip } from './passport.ts'
import { type PassportOffice, shiftYears } from './passport-office.ts'
import { oppositeChallenge, poseChallenge } from './performance.ts'
import type { Person } from './person/index.ts'
import { certifySigner } from './pki/signing-authority.ts'
import { generateSigningKey } from './pki/signing-key.ts'
import type { Expectation, Specimen } from './specimen.ts'

/** What a forger starts from. */
export interface Workshop {
  readonly passport: IssuedPassport
  readonly office: PassportOffice
  readonly gallery: Gallery
  /** Somebody else, who would like to travel on the passport. */
  readonly impostor: Person
  readonly at: Date
}

/** One way to cheat, and the one reason for which it is found out. */
export interface Forgery {
  readonly name: string
  readonly expect: Expectation
  readonly forge: (genuine: Specimen, workshop: Workshop) => Promise<Partial<Specimen>> | Partial<Specimen>
}

const rejected = (reason: string): Expectation => ({ verdict: 'rejected', reasons: [reason] })

/** Every way, in the order in which specimens show them. */
export const FORGERIES: readonly Forgery[] = [
  { name: 'altered-dg1', expect: rejected('chip.dataGroupHashes/data-group-hash-mismatch'), forge: alterBirthDate },
  { name: 'swapped-face', expect: rejected('chip.dataGroupHashes/data-group-hash-mismatch'), forge: swapFace },
  { name: 'other-person', expect: rejected('face.match/not-the-same-person'), forge: presentByAnother },
  { name: 'replayed-challenge', expect: rejected('liveness.challenge/turned-the-wrong-way'), forge: replayRecording },
  { name: 'foreign-signer', expect: rejected('chip.certificationPath/issuer-signature-invalid'), forge: signAbroad },
  { name: 'flipped-signature', expect: rejected('chip.sodSignature/signature-invalid'), forge: flipSignature },
  { name: 'page-differs', expect: rejected('document.pageMatchesChip/page-differs'), forge: reprintPage },
  { name: 'cloned-chip', expect: rejected('chip.activeAuthentication/aa-signature'), forge: cloneChip },
  { name: 'revoked-signer', expect: rejected('chip.revocation/signer-revoked'), forge: signWithLostKey },
  { name: 'expired', expect: rejected('document.notExpired/expired'), forge: letExpire },
]

/** Makes one forged specimen out of a genuine passport. */
export async function forge(forgery: Forgery, workshop: Workshop, id: string): Promise<Specimen> {
  const genuine = presentGenuine(workshop.passport, workshop.gallery, id)
  return { ...genuine, ...(await forgery.forge(genuine, workshop)), expect: forgery.expect }
}

/** Makes the holder ten years younger, on the page and in DG1, with check digits that fit; EF.SOD stays. */
function alterBirthDate({ chip }: Specimen, { passport }: Workshop): Partial<Specimen> {
  const { dateOfBirth } = passport.data.mrzDocument
  const younger = `${Number(dateOfBirth.slice(0, 4)) + 10}${dateOfBirth.slice(4)}`
  const printed = restated(passport.data, { dateOfBirth: younger })
  return { printed, chip: new Map([...chip, ['DG1', writeDg1(printed.mrz)]]) }
}

/** Puts the impostor's face on the page and into DG2; EF.SOD stays. */
async function swapFace({ chip }: Specimen, { gallery, impostor, passport }: Workshop): Promise<Partial<Specimen>> {
  const portrait = await gallery.encodedPortrait(impostor, passport.portrait.encoding)
  return {
    ...performedBy(impostor),
    printedPortrait: gallery.portrait(impostor),
    chip: new Map([...chip, ['DG2', writeDg2(portrait)]]),
  }
}

/** Another person shows the genuine passport, and does what is asked. */
function presentByAnother(_: Specimen, { impostor }: Workshop): Partial<Specimen> {
  return performedBy(impostor)
}

/** Plays a recording of the holder that answered another challenge. */
function replayRecording({ performer }: Specimen): Partial<Specimen> {
  return { challenge: oppositeChallenge(performer.id) }
}

/** A whole new passport, in order in itself, by a signer that claims to be certified by Utopia's authority. */
async function signAbroad(_: Specimen, { passport, office, at }: Workshop): Promise<Partial<Specimen>> {
  const { authority } = office
  const ownKey = await generateSigningKey(authority.key.profile)
  const pretended = { ...authority, key: { ...ownKey, identifier: authority.key.identifier } }
  const validity = { notBefore: shiftYears(at, -3), notAfter: shiftYears(at, 11) }
  const serialNumber = Buffer.concat([Buffer.of(1), drawOctets(passport.seed, 'foreign-signer', 8)])
  const signer = await certifySigner(pretended, 'Document Signer 1', serialNumber, validity, 'p-256')
  return { chip: writeChip(passport.data, passport.portrait, passport.chipKey, signer) }
}

/** Changes one bit of the signature, which ends EF.SOD. */
function flipSignature({ chip }: Specimen): Partial<Specimen> {
  const securityObject = Buffer.from(chip.get('EF_SOD')!)
  securityObject[securityObject.length - 1]! ^= 1
  return { chip: new Map([...chip, ['EF_SOD', securityObject]]) }
}

/** Prints another number on the page and leaves the chip alone. */
function reprintPage(_: Specimen, { passport }: Workshop): Partial<Specimen> {
  const other = statePassport(passport.data.holder, new Date(passport.data.dateOfIssue), `${passport.seed}/reprinted`)
  const { documentNumber } = other.mrzDocument
  return { printed: restated(passport.data, { documentNumber }) }
}

/** Copies every file to another chip, which cannot copy the key: it signs with one of its own. */
async function cloneChip({ activeAuthentication: { challenge } }: Specimen): Promise<Partial<Specimen>> {
  const otherKey = await generateEcChipKey()
  return { activeAuthentication: { challenge, response: otherKey.respond(challenge) } }
}

/** Made on a lost key of the state's own, which is on the revocation list. */
function signWithLostKey(_: Specimen, { passport, office }: Workshop): Partial<Specimen> {
  return { chip: writeChip(passport.data, passport.portrait, passport.chipKey, office.revokedSigner) }
}

/** A genuine passport, half a year after its last day. */
function letExpire(_: Specimen, { passport, office, at }: Workshop): Partial<Specimen> {
  const printed = statePassport(passport.data.holder, shiftYears(at, -10.5), passport.seed)
  return { printed, chip: writeChip(printed, passport.portrait, passport.chipKey, office.formerSigner) }
}

function performedBy(performer: Person): Pick<Specimen, 'performer' | 'performed' | 'challenge'> {
  const challenge = poseChallenge(performer.id)
  return { performer, performed: challenge, challenge }
}
