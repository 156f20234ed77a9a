import { encodeJpeg, encodeJpeg2000, type Picture } from '../image/index.ts'
import type { EncodedPortrait } from './chip/face-template.ts'
import { type Person, renderPortrait, renderSelfie, type SelfieView } from './person/index.ts'

/** Takes pictures of persons. */
export interface Photographer {
  portrait(person: Person): Picture
  selfie(person: Person, view: SelfieView): Picture
}

/** Draws the fictitious persons; about half a second a picture. */
export const renderer: Photographer = { portrait: renderPortrait, selfie: renderSelfie }

/** JPEG quality of portraits and frames; JPEG 2000 at this ratio is 15 to 40 KB. */
const QUALITY = 88
const JPEG2000_RATIO = 24

/** Takes and encodes each person's pictures; portraits are taken once. */
export class Gallery {
  private readonly portraits = new Map<string, Picture>()

  constructor(private readonly photographer: Photographer) {}

  portrait(person: Person): Picture {
    const known = this.portraits.get(person.id) ?? this.photographer.portrait(person)
    this.portraits.set(person.id, known)
    return known
  }

  /** The portrait as a chip holds it. */
  async encodedPortrait(person: Person, encoding: EncodedPortrait['encoding']): Promise<EncodedPortrait> {
    const picture = this.portrait(person)
    const bytes =
      encoding === 'jpeg' ? await encodeJpeg(picture, QUALITY) : await encodeJpeg2000(picture, JPEG2000_RATIO)
    return { encoding, width: picture.width, height: picture.height, bytes }
  }

  /** One frame of a recording, as JPEG. */
  frame(person: Person, view: SelfieView): Promise<Uint8Array> {
    return encodeJpeg(this.photographer.selfie(person, view), QUALITY)
  }
}
