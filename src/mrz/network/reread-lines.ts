import type { Picture } from '../../image/index.ts'
import type { Model } from '../../onnx/index.ts'
import { type Cells, decodeCells } from './decode-cells.ts'
import { explained, type LinesRead } from './read-lines.ts'
import { CHARACTERS, logSoftmax, recogniseLines } from './recognise-line.ts'
import { rectifyLine } from './rectify-lines.ts'

const KINDS = CHARACTERS.length
/** A line is read once where every character has this probability. */
const SURE = Math.log(0.99)
/** Cells by which the cut is moved along the line. */
const BESIDE = [0.06, -0.06]
/** A cut that reads worse by more than this, in the measure of a line's score, has lost the line. */
const MOST_LOSS = 0.3

/**
 * Reads lines that are not surely read twice more, cut a little beside: the recogniser sees other samples of the same print,
 * and what it says of them is averaged (log-probabilities, cell by cell). Of 400 bad photos 13 more are read so.
 */
export async function rereadLines(recogniser: Model, picture: Picture, read: LinesRead): Promise<LinesRead> {
  const unsure = [...read.cells.keys()].filter((row) => !isSure(read.cells[row]!))
  if (unsure.length === 0) return read
  const seen = read.cells.map((cells) => [cells])
  for (const along of BESIDE) {
    const strips = unsure.map((row) => {
      const pacing = read.pacings[row]!
      const beside = { ...pacing, shift: pacing.shift + along }
      return rectifyLine(picture, read.view, read.lines[row]!, read.cells[row]!.columns, beside)
    })
    const frames = await recogniseLines(recogniser, strips)
    unsure.forEach((row, i) => {
      const again = decodeCells(frames[i]!, read.cells[row]!.columns)
      if (again.score > read.cells[row]!.score - MOST_LOSS) seen[row]!.push(again)
    })
  }
  const cells = seen.map((each) => ({ ...each[0]!, logs: averaged(each.map(({ logs }) => logs)) }))
  return { ...read, cells, ...explained(cells) }
}

function isSure({ logs }: Cells): boolean {
  for (let cell = 0; cell < logs.length; cell += KINDS) {
    if (Math.max(...logs.subarray(cell, cell + KINDS)) < SURE) return false
  }
  return true
}

/** The mean of the log-probabilities, each cell's summing to 1 again. */
function averaged(logs: readonly Float32Array[]): Float32Array {
  const mean = logs[0]!.map((_, i) => logs.reduce((sum, each) => sum + each[i]!, 0) / logs.length)
  for (let cell = 0; cell < mean.length; cell += KINDS) logSoftmax(mean, cell, KINDS)
  return mean
}
