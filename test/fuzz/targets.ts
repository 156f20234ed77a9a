import { createHash } from 'node:crypto'
import { readSignedData } from '../../src/chip/cms/index.ts'
import { bitStringOctets, openTlv, TAG } from '../../src/chip/der/index.ts'
import { type ChipFileName, importTrust, reportSigner, reportTrust, verifyChip } from '../../src/chip/index.ts'
import { STRICT, TOLERANT } from '../../src/chip/tolerance.ts'
import { writeEfCom } from '../../src/specimen/chip/data-groups.ts'
import {
  authority,
  certificate,
  keyIdentifierOf,
  name,
  purposes,
  revocationList,
  signerExtensions,
} from '../chip/issuing/certificates.ts'
import { integer, nothing, oid, seq, set } from '../chip/issuing/der.ts'
import { ecdsa, ecKey, pkcs1, pss, rsaKey, type SigningKey, signingWith } from '../chip/issuing/keys.ts'
import { byKey, MASTER_LIST, signedMessage } from '../chip/issuing/messages.ts'
import { cardSecurity, keyInfo, mappingKey, paceInfo, runPace } from '../chip/issuing/pace.ts'
import { CSCA, DSC_SERIAL, type PassportOptions, passport } from '../chip/issuing/passport.ts'
import { AT, objections, openTrust } from '../chip/judging.ts'
import { element } from '../chip/lds/chip-files.ts'

import { groupsWith, withFacialBlock } from './groups.ts'

/** A genuine file and what becomes of a changed one. */
export interface Target {
  readonly name: string
  readonly genuine: Buffer
  /** Verifies the changed file as its users would; throws only faults. */
  judge(changed: Buffer): Judgement
  /** Whether everything in it that a signature covers is still as it was. */
  keepsWhatIsSigned(changed: Buffer): boolean
}

export interface Judgement {
  readonly accepted: boolean
  /** The whole report, where a fault of our own would show as the code `internal`. */
  readonly report: unknown
}

const RSA = rsaKey(pkcs1('sha256'))
const GROUPS = groupsWith(RSA)
const KEYS: readonly { name: string; csca: SigningKey; dsc: SigningKey; options?: PassportOptions }[] = [
  { name: 'RSA', csca: RSA, dsc: rsaKey(pkcs1('sha256')) },
  { name: 'RSA-PSS', csca: RSA, dsc: signingWith(RSA, pss('sha256', 32)) },
  {
    name: 'signer by its key',
    csca: RSA,
    dsc: RSA,
    options: { signer: { extensions: [] }, message: { identifier: byKey(keyHash(RSA)) } },
  },
  {
    name: 'ECDSA, explicit curve',
    csca: ecKey('prime256v1', ecdsa('sha256')),
    dsc: ecKey('prime256v1', ecdsa('sha256'), 'explicit'),
  },
]

/** SHA-1 of the key's bits: what names a signer whose certificate has no key identifier. */
function keyHash({ publicKey }: SigningKey): Buffer {
  const [, bits] = openTlv(publicKey).children()
  return createHash('sha1').update(bitStringOctets(bits!)).digest()
}

/** Everything that is fuzzed, issued afresh: fictitious documents and authorities under new keys. */
export function issueTargets(): readonly Target[] {
  const csca = authority(CSCA, RSA)
  return [
    ...KEYS.map((keys) => securityObject(keys)),
    securityObject(KEYS.at(-1)!, TOLERANT),
    cardSecurityFile(),
    ...dataGroups(),
    ...unsignedFiles(),
    documentSigner(csca),
    linkCertificate(),
    revocations(csca),
    masterList(csca),
  ]
}

function securityObject({ name: kind, csca, dsc, options }: (typeof KEYS)[number], tolerances = STRICT): Target {
  const { files, trust } = passport({ cscaKey: csca, dscKey: dsc, ...options })
  const store = openTrust(trust) // the same for all: what it remembers must not help a forgery
  const genuine = Buffer.from(files.EF_SOD!)
  return {
    name: `EF.SOD, ${kind}${tolerances === STRICT ? '' : ', tolerant'}`,
    genuine,
    judge: (changed) => {
      const report = verifyChip({ files: { ...files, EF_SOD: changed } }, store, AT, tolerances)
      return { accepted: objections(report).length === 0, report: report.checks }
    },
    // A tolerant reader takes the message without its tag as well.
    keepsWhatIsSigned: sameMessage(openTlv(genuine).value, (changed) =>
      changed[0] === TAG.sequence ? changed : openTlv(changed, { ber: true }).value,
    ),
  }
}

/** EF.CardSecurity beside a run of PACE that counts with its key. */
function cardSecurityFile(): Target {
  const { files, trust } = passport()
  const store = openTrust(trust)
  const key = mappingKey()
  const chipAuthentication = runPace(key)
  const genuine = cardSecurity([paceInfo(), keyInfo(key, 13)])
  return {
    name: 'EF.CardSecurity',
    genuine,
    judge: (changed) => {
      const report = verifyChip({ files: { ...files, EF_CardSecurity: changed }, chipAuthentication }, store, AT)
      return { accepted: report.checks['chip.chipAuthentication'].status === 'passed', report: report.checks }
    },
    keepsWhatIsSigned: sameMessage(genuine, (changed) => changed),
  }
}

function dataGroups(): Target[] {
  const issued = passport({ cscaKey: RSA, dscKey: RSA, groups: GROUPS })
  const block = passport({ cscaKey: RSA, dscKey: RSA, groups: withFacialBlock() })
  return [
    ...[...GROUPS].map(([number, file]) => dataGroup(`DG${number}`, number, file, issued)),
    dataGroup('DG2, ISO/IEC 39794-5', 2, withFacialBlock().get(2)!, block),
  ]
}

function dataGroup(
  title: string,
  number: number,
  genuine: Buffer,
  { files, trust }: ReturnType<typeof passport>,
): Target {
  const store = openTrust(trust)
  const { DG1, EF_SOD } = files
  return {
    name: title,
    genuine,
    judge: (changed) => {
      const report = verifyChip({ files: { EF_SOD: EF_SOD!, DG1: DG1!, [`DG${number}`]: changed } }, store, AT)
      return { accepted: objections(report).length === 0, report: report.checks }
    },
    keepsWhatIsSigned: (changed) =>
      changed.subarray(0, genuine.length).equals(genuine) &&
      changed.subarray(genuine.length).every((octet) => octet === 0),
  }
}

/** Files that no signature covers: they may say what they like, but not cost more or break anything. */
function unsignedFiles(): Target[] {
  const { files, trust } = passport({ cscaKey: RSA, dscKey: RSA })
  const store = openTrust(trust)
  const pace = set(seq(oid('0.4.0.127.0.7.2.2.4.2.2'), integer(2), integer(13)), seq(oid('2.23.136.1.1.5'), nothing))
  const named: [ChipFileName, Buffer][] = [
    ['EF_COM', writeEfCom([1, 2])],
    ['EF_CardAccess', pace],
    ['EF_DIR', element(0x61, element(0x4f, Buffer.from('a0000002472001', 'hex')))],
  ]
  return named.map(([file, genuine]) => ({
    name: file,
    genuine,
    judge: (changed) => {
      const report = verifyChip({ files: { ...files, [file]: changed } }, store, AT)
      return { accepted: false, report: report.checks }
    },
    keepsWhatIsSigned: () => true,
  }))
}

function documentSigner(csca: Buffer): Target {
  const { dsc } = passport({ cscaKey: RSA, dscKey: RSA })
  const store = openTrust({ 'anchors/csca.cer': csca })
  return {
    name: 'document signer',
    genuine: dsc,
    judge: (changed) => {
      const report = reportSigner(changed, store, AT)
      return { accepted: report.verdict === 'accepted', report }
    },
    keepsWhatIsSigned: includes(signedPart(dsc)),
  }
}

/** Under an authority of its own: another target's genuine certificate in its place shall be a stranger's. */
function linkCertificate(): Target {
  const key = rsaKey(pkcs1('sha256'))
  const csca = authority(CSCA, key)
  const genuine = authority('Utopia CSCA 2', rsaKey(pkcs1('sha256')), { by: { common: CSCA, key } })
  return {
    name: 'link certificate',
    genuine,
    judge: (changed) => {
      const report = reportTrust(openTrust({ 'anchors/csca.cer': csca, 'certificates/link.cer': changed }), AT)
      return { accepted: report.certificates[0]?.problems.length === 0, report }
    },
    keepsWhatIsSigned: includes(signedPart(genuine)),
  }
}

function revocations(csca: Buffer): Target {
  const genuine = revocationList({ issuer: name(CSCA), key: RSA, revoked: [DSC_SERIAL, 5, 6] })
  return {
    name: 'revocation list',
    genuine,
    judge: (changed) => {
      const report = reportTrust(openTrust({ 'anchors/csca.cer': csca, 'crls/ut.crl': changed }), AT)
      return { accepted: report.crls[0]?.verified === true, report }
    },
    keepsWhatIsSigned: includes(signedPart(genuine)),
  }
}

function masterList(csca: Buffer): Target {
  const signer = certificate({
    subject: name('Master List Signer'),
    key: RSA,
    issuer: name(CSCA),
    issuerKey: RSA,
    extensions: [...signerExtensions(RSA, RSA), purposes(true, '2.23.136.1.1.3')],
  })
  const listed = ['One', 'Two', 'Three'].map((common) => authority(common, RSA))
  const genuine = signedMessage({
    content: seq(integer(0), set(...listed)),
    key: RSA,
    identifier: byKey(keyIdentifierOf(RSA)),
    certificates: [signer, csca],
    contentType: MASTER_LIST,
    signingTime: '2024-06-01',
  })
  return {
    name: 'master list',
    genuine,
    judge: (changed) => {
      const report = reportTrust(openTrust({ 'master-lists/ut.ml': changed, 'master-lists/ut.anchor.cer': csca }), AT)
      const { imported, skipped } = importTrust([{ path: 'ut.ml', bytes: changed }], [csca])
      const accepted =
        report.masterLists[0]?.verdict === 'trusted' || imported.some(({ kind }) => kind === 'master-list')
      return { accepted, report: { report, imported, skipped } }
    },
    keepsWhatIsSigned: sameMessage(genuine, (changed) => changed),
  }
}

/** The signed part of a certificate or revocation list, its octets. */
const signedPart = (signed: Uint8Array): Uint8Array => openTlv(signed).children()[0]!.encoding

const includes = (part: Uint8Array) => (changed: Buffer) => changed.includes(Buffer.from(part))

/**
 * Whether a changed message still says what was signed: the content, which may come in segments; the attributes, in DER
 * where they came in BER (RFC 5652, 5.4); and the signed part of the signer's certificate, to the octet.
 */
function sameMessage(genuine: Uint8Array, messageOf: (file: Buffer) => Uint8Array): Target['keepsWhatIsSigned'] {
  const { content, certificates, signers } = readSignedData(genuine)
  const certificate = Buffer.from(signedPart(certificates[0]!))
  const signed = signers[0]!.attributes!.received
  const equal = (a: Uint8Array | undefined, b: Uint8Array) => a !== undefined && Buffer.compare(a, b) === 0
  return (changed) => {
    const message = readSignedData(messageOf(changed))
    const attributes = message.signers[0]?.attributes
    return (
      changed.includes(certificate) &&
      equal(message.content, content) &&
      (equal(attributes?.received, signed) || equal(attributes?.der, signed))
    )
  }
}
