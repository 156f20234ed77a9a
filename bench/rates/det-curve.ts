import type { DetPoint } from './comparison.ts'

/** One line of the diagram. */
export interface DetSeries {
  readonly name: string
  readonly points: readonly DetPoint[]
}

const [WIDTH, HEIGHT] = [760, 640]
const FRAME = { left: 84, top: 64, right: 730, bottom: 560 }
const TICKS = [0.0001, 0.001, 0.01, 0.05, 0.1, 0.2, 0.4]
/** The axes end a little beyond the outer ticks. */
const [LEAST, MOST] = [0.00005, 0.5]
/** A line of the legend, below the diagram: curves may run anywhere in it. */
const LEGEND_LINE = 20
/** Distinct in print and to those who see no red or green (Okabe and Ito 2008). */
const COLOURS = ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#56b4e9', '#000000']
const DASHES = ['', '7 4', '2 3', '9 3 2 3', '12 5', '4 2']

/**
 * Detection error trade-off curves (Martin et al. 1997; ISO/IEC 19795-1) as SVG: false accepts to the right, false rejects
 * upwards, both on normal deviate axes, where normally distributed scores make straight lines. Rates below the axes' ends
 * are drawn at their edge.
 */
export function drawDetCurves(title: string, series: readonly DetSeries[]): string {
  const grid = TICKS.map((tick) => {
    const [x, y] = [across(tick), upward(tick)]
    const label = `${Number((100 * tick).toPrecision(2))} %`
    return [
      `<path class="grid" d="M${x} ${FRAME.top}V${FRAME.bottom}M${FRAME.left} ${y}H${FRAME.right}"/>`,
      text(x, FRAME.bottom + 20, label, 'middle'),
      text(FRAME.left - 8, y + 4, label, 'end'),
    ].join('')
  })
  const [left, bottom, right, top] = [across(LEAST), upward(LEAST), across(MOST), upward(MOST)]
  const height = HEIGHT + LEGEND_LINE * series.length
  const middle = (FRAME.top + FRAME.bottom) / 2
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}" font-family="sans-serif" font-size="13">`,
    '<style>.grid{stroke:#ddd}.equal{stroke:#999;stroke-dasharray:3 4}.frame{fill:none;stroke:#333}</style>',
    `<rect width="${WIDTH}" height="${height}" fill="#fff"/>`,
    text(FRAME.left, 36, title, 'start', 'font-size="17" font-weight="bold"'),
    ...grid,
    `<path class="equal" d="M${left} ${bottom}L${right} ${top}"/>`,
    ...series.flatMap(({ name, points }, i) => [lineOf(points, i), legend(name, i)]),
    `<rect class="frame" x="${FRAME.left}" y="${FRAME.top}" width="${FRAME.right - FRAME.left}" height="${FRAME.bottom - FRAME.top}"/>`,
    text((FRAME.left + FRAME.right) / 2, HEIGHT - 32, 'false accept rate (failures counted)', 'middle'),
    text(22, middle, 'false reject rate (failures counted)', 'middle', `transform="rotate(-90 22 ${middle})"`),
    '</svg>\n',
  ].join('\n')
}

function lineOf(points: readonly DetPoint[], index: number): string {
  const places = points.map(({ falseAccept, falseReject }) => `${across(falseAccept)} ${upward(falseReject)}`)
  const distinct = places.filter((place, i) => place !== places[i - 1])
  return `<path d="M${distinct.join('L')}" ${stroke(index)}/>`
}

function legend(name: string, index: number): string {
  const [x, y] = [FRAME.left, HEIGHT + LEGEND_LINE * index]
  return `<path d="M${x} ${y - 4}h34" ${stroke(index)}/>${text(x + 42, y, name, 'start')}`
}

function stroke(index: number): string {
  const dash = DASHES[index % DASHES.length]
  return `fill="none" stroke="${COLOURS[index % COLOURS.length]}" stroke-width="2"${dash ? ` stroke-dasharray="${dash}"` : ''}`
}

function text(x: number, y: number, content: string, anchor: string, more = ''): string {
  const safe = content.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
  return `<text x="${x}" y="${y}" text-anchor="${anchor}" fill="#222" ${more}>${safe}</text>`
}

const across = (rate: number): number => Math.round(10 * (FRAME.left + place(rate) * (FRAME.right - FRAME.left))) / 10

const upward = (rate: number): number => Math.round(10 * (FRAME.bottom - place(rate) * (FRAME.bottom - FRAME.top))) / 10

/** 0 at the axis' lower end, 1 at its upper. */
function place(rate: number): number {
  const [least, most] = [normalDeviate(LEAST), normalDeviate(MOST)]
  return (normalDeviate(Math.min(Math.max(rate, LEAST), MOST)) - least) / (most - least)
}

/** The quantile of the normal distribution (Abramowitz and Stegun 26.2.23: to 4.5e-4, less than a line is wide). */
function normalDeviate(probability: number): number {
  if (probability > 0.5) return -normalDeviate(1 - probability)
  const t = Math.sqrt(-2 * Math.log(probability))
  return (2.515517 + t * (0.802853 + t * 0.010328)) / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308))) - t
}
