import type { Picture } from '../../image/index.ts'
import { STRIP_HEIGHT, STRIP_MARGIN, STRIP_PITCH, sampleLine } from '../network/rectify-lines.ts'
import { pitchOf, type Quad, type ZonePlace, zoneQuad } from '../network/sighting.ts'

/** How well a zone can be seen. */
export interface ZoneView {
  /** Corners of the zone in the picture, in pixels: top left, top right, bottom right, bottom left as it reads. */
  readonly quad: Quad
  readonly pixelsPerCharacter: number
  /** 0 (nothing but a smear) to 100 (edges as steep as print): from the width of the edges of what is printed. */
  readonly sharpness: number
  /** 0 to 100: difference between paper and ink, in percent of full range. */
  readonly contrast: number
  /** 0 to 100: share of the zone in which glare has washed out the print, in percent. */
  readonly glare: number
  /** Which way the lines read, in degrees clockwise from left to right: -180 to 180. */
  readonly rotation: number
  /** 0 to 100: by how much opposite edges of the zone differ in length, in percent: it is seen at a slant. */
  readonly slant: number
  /** The zone reaches the edge of the picture. */
  readonly cutOff: boolean
}

/** The standard deviation of a Gaussian edge, in characters, that counts as sharpness 100 and 0. */
const SHARP_EDGE = 0.04
const BLURRED_EDGE = 0.18
/** A character whose contrast is below this share of the zone's and that is this bright is washed out. */
const WASHED_CONTRAST = 0.35
const WASHED_BRIGHTNESS = 215
/** A reflection's core is as bright as this, where the paper is not; so is a third of a character that it lies on. */
const REFLECTED = 250
const BRIGHT_PAPER = 240
const REFLECTED_SHARE = 1 / 3
/** The rows of a strip that characters fill. */
const [FIRST_ROW, ROWS] = [6, STRIP_HEIGHT - 12]
/** A zone that comes so near to the edge of the picture, in characters, may be cut. */
const EDGE_MARGIN = 0.5

/** Measures the zone along its lines, as they are cut for reading. */
export function measureZone(picture: Picture, place: ZonePlace): ZoneView {
  const strips = place.lines.map(({ line, pacing }) => sampleLine(picture, place.view, line, place.columns, pacing))
  const quad = zoneQuad(place)
  const pixelsPerCharacter = pitchOf(place)
  const margin = EDGE_MARGIN * pixelsPerCharacter
  const spreads = strips.map(spreadOf)
  const contrast = spreads.reduce((sum, { paper, ink }) => sum + paper - ink, 0) / strips.length
  const edge = Math.max(...[1, stripWidth(strips[0]!)].map((step) => edgeWidth(strips, spreads, step)))
  const [a, b, c, d] = quad
  return {
    quad: quad.map(([x, y]) => [tenths(x), tenths(y)] as const) as unknown as Quad,
    pixelsPerCharacter: tenths(pixelsPerCharacter),
    sharpness: percent((BLURRED_EDGE - edge) / (BLURRED_EDGE - SHARP_EDGE)),
    contrast: percent(contrast / 255),
    glare: percent(washedOut(strips, spreads, contrast)),
    rotation: tenths((Math.atan2(b[1] - a[1], b[0] - a[0]) * 180) / Math.PI),
    slant: percent(Math.max(unlike(distance(a, b), distance(d, c)), unlike(distance(a, d), distance(b, c)))),
    cutOff: quad.some(
      ([x, y]) => x < margin || y < margin || x > picture.width - 1 - margin || y > picture.height - 1 - margin,
    ),
  }
}

function stripWidth(strip: Float32Array): number {
  return strip.length / STRIP_HEIGHT
}

/** Brightness of paper and ink: what a tenth of the pixels exceed and what one in thirty stays below. */
function spreadOf(strip: Float32Array): { paper: number; ink: number } {
  const counts = new Uint32Array(256)
  for (let at = 0; at < strip.length; at++) counts[strip[at]! | 0]!++
  return { paper: quantile(counts, 0.9), ink: quantile(counts, 1 / 30) }
}

/** The bin below which a share of what was counted lies. */
function quantile(counts: Uint32Array, share: number): number {
  let left = share * counts.reduce((sum, count) => sum + count, 0)
  return counts.findIndex((count) => {
    left -= count
    return left < 0
  })
}

/** Steps of a slope's scale: to one part in so many of the contrast. */
const SLOPES = 2048

/**
 * The deviation of a Gaussian edge, in characters: contrast over the steepest slopes (a Gaussian edge of height C rises
 * by C / (deviation * sqrt(2 pi)) at its middle). After Marziliano et al. 2002, who measure how wide edges are; the character
 * is the unit, because what blur costs depends on the size of the print. `step` is the distance of neighbouring samples
 * in the strip: along the line or across it.
 */
function edgeWidth(strips: readonly Float32Array[], spreads: readonly { paper: number; ink: number }[], step: number) {
  const counts = new Uint32Array(SLOPES + 1)
  strips.forEach((strip, i) => {
    const { paper, ink } = spreads[i]!
    const scale = SLOPES / (2 * Math.max(paper - ink, 1))
    for (let at = step; at + step < strip.length; at++) {
      counts[Math.min(SLOPES, Math.abs(strip[at + step]! - strip[at - step]!) * scale) | 0]!++
    }
  })
  const steepest = (quantile(counts, 0.98) + 0.5) / SLOPES
  return 1 / (Math.sqrt(2 * Math.PI) * Math.max(steepest, 1e-3) * STRIP_PITCH)
}

/** The share of characters that are bright and all but without contrast, or on which a reflection lies. */
function washedOut(strips: readonly Float32Array[], spreads: readonly { paper: number }[], contrast: number): number {
  let [washed, all] = [0, 0]
  for (const [i, strip] of strips.entries()) {
    const reflected = spreads[i]!.paper < BRIGHT_PAPER ? REFLECTED : Infinity
    const width = stripWidth(strip)
    for (
      let left = STRIP_MARGIN * STRIP_PITCH;
      left + STRIP_PITCH <= width - STRIP_MARGIN * STRIP_PITCH;
      left += STRIP_PITCH
    ) {
      let [least, most, bright] = [255, 0, 0]
      for (let y = FIRST_ROW; y < FIRST_ROW + ROWS; y++) {
        for (let x = left; x < left + STRIP_PITCH; x++) {
          least = Math.min(least, strip[y * width + x]!)
          most = Math.max(most, strip[y * width + x]!)
          if (strip[y * width + x]! >= reflected) bright++
        }
      }
      all++
      const isBlank = most > WASHED_BRIGHTNESS && most - least < WASHED_CONTRAST * contrast
      if (isBlank || bright > REFLECTED_SHARE * STRIP_PITCH * ROWS) washed++
    }
  }
  return washed / all
}

function distance([ax, ay]: Quad[number], [bx, by]: Quad[number]): number {
  return Math.hypot(bx - ax, by - ay)
}

function unlike(a: number, b: number): number {
  return 1 - Math.min(a, b) / Math.max(a, b)
}

function percent(share: number): number {
  return Math.round(Math.max(0, Math.min(100, 100 * share)))
}

function tenths(value: number): number {
  return Math.round(value * 10) / 10
}
