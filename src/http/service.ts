import type { Engine } from '../engine/index.ts'
import type { Metrics } from './metrics.ts'

/** What the routes share. */
export interface Service {
  readonly engine: Engine
  readonly metrics: Metrics
  /** A demonstration: every result says so. */
  readonly demo: boolean
}
