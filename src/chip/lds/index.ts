export { type DataGroupNumber, dataGroupOfTag, templateTag } from './data-group.ts'
export { detailsOf, portraitOf } from './details.ts'
export type { MachineReadableZone } from './dg1.ts'
export type { EncodedFace } from './dg2.ts'
export type { PersonalDetails } from './dg11.ts'
export type { DocumentDetails } from './dg12.ts'
export type { ActiveAuthenticationKey } from './dg15.ts'
export type { PersonToNotify } from './dg16.ts'
export type { DisplayedPictures } from './displayed-pictures.ts'
export { type CommonData, compareEfCom, dottedVersion } from './ef-com.ts'
export type { ChipApplication } from './ef-dir.ts'
export { type EncodedPicture, MAX_PICTURE_PIXELS, MAX_PICTURE_SIDE, readEncodedPicture } from './encoded-picture.ts'
export type { FaceImage } from './face-image.ts'
export { type DamagedFile, type DataGroups, readDataGroups } from './read-data-groups.ts'
export {
  type ActiveAuthenticationOption,
  type ChipAuthenticationKey,
  type ChipAuthenticationOption,
  readSecurityInfos,
  type SecurityInfo,
} from './security-infos.ts'
export type { PersonName } from './text.ts'
