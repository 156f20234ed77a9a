import type { Baseline } from './baseline.ts'
import type { Finding, SeenFrame } from './frame.ts'

/** From here on a turn is plain, in degrees. */
const TURNED = 15
/** The part of the way on which a head is neither still ahead nor arrived. */
const LEFT_AHEAD = 0.15
const ARRIVED = 0.85
/** A quick turn may fall between two frames, but not nearly all of them. */
const MIN_SHARE_SEEN = 0.25

/**
 * Whether the head was seen on its way between ahead and its turns: one picture exchanged for another skips the way.
 */
export function checkPassage(frames: readonly SeenFrame[], { yaw }: Baseline): Finding {
  const turns = frames.map(({ face }) => face.pose.yaw - yaw)
  let ways = 0
  let seen = 0
  for (let start = 0; start < turns.length; start++) {
    if (Math.abs(turns[start]!) < TURNED) continue
    const side = Math.sign(turns[start]!)
    let end = start
    while (end + 1 < turns.length && turns[end + 1]! * side >= TURNED) end++
    const peak = Math.max(...turns.slice(start, end + 1).map(Math.abs))
    const there = onTheWay(turns, start, -1, end, peak * side)
    const back = onTheWay(turns, end, 1, start, peak * side)
    ways += Number(there !== undefined) + Number(back !== undefined)
    seen += Number(there === true) + Number(back === true)
    start = end
  }
  return ways === 0 || seen >= MIN_SHARE_SEEN * ways ? 'ok' : 'way-not-seen'
}

/**
 * Whether a frame shows the way between ahead and the peak: looks from the turn's edge inward until it has arrived, then
 * outward until it is ahead. Undefined when the recording does not reach back to ahead.
 */
function onTheWay(turns: readonly number[], edge: number, outward: 1 | -1, far: number, peak: number) {
  const share = (i: number) => turns[i]! / peak
  const isBetween = (i: number) => share(i) > LEFT_AHEAD && share(i) < ARRIVED
  let seen = false
  for (let i = edge; share(i) < ARRIVED && i !== far; i -= outward) seen ||= isBetween(i)
  for (let i = edge + outward; i >= 0 && i < turns.length; i += outward) {
    if (share(i) <= LEFT_AHEAD) return seen
    seen ||= isBetween(i)
  }
  return undefined
}
