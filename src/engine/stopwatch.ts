import { Fault } from '../check/index.ts'
import type { FaceAnalyser } from '../face/index.ts'
import type { IsCancelled } from '../pool/index.ts'
import type { Stage } from '../verification/stage.ts'

/** Measures stages, and stops before the next one when nobody waits for the answer. */
export interface Stopwatch {
  readonly stage: Stage
  /** Milliseconds by stage, to two decimals, so far. */
  readonly timings: Record<string, number>
}

export function startStopwatch(isCancelled: IsCancelled): Stopwatch {
  const timings: Record<string, number> = {}
  return {
    timings,
    stage: async (name, work) => {
      stopIfCancelled(isCancelled)
      const start = performance.now()
      try {
        return await work()
      } finally {
        const elapsed = performance.now() - start
        timings[name] = Math.round(((timings[name] ?? 0) + elapsed) * 100) / 100
      }
    },
  }
}

/** The same analyser, which stops between two pictures when nobody waits for the answer: a performance has dozens. */
export function stoppable(faces: FaceAnalyser, isCancelled: IsCancelled): FaceAnalyser {
  return {
    ...faces,
    async locate(picture) {
      stopIfCancelled(isCancelled)
      return faces.locate(picture)
    },
    async glance(picture, geometry) {
      stopIfCancelled(isCancelled)
      return faces.glance(picture, geometry)
    },
    async analyse(picture, geometry) {
      stopIfCancelled(isCancelled)
      return faces.analyse(picture, geometry)
    },
  }
}

function stopIfCancelled(isCancelled: IsCancelled): void {
  if (isCancelled()) throw new Fault('cancelled', 'cancelled', 'the call was withdrawn')
}
