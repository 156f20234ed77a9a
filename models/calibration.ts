import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Graph } from './convert/graph.ts'
import { centreDescriptor } from './convert/outputs.ts'
import { quantise, type Ranges } from './convert/quantise.ts'

/** What `calibrate.ts` learnt from real faces: enough to quantise a model without them. */
export interface Calibration {
  readonly ranges: Ranges
  /** The mean of many descriptors of unit length; subtracting it makes strangers' descriptors orthogonal on average. */
  readonly centre?: readonly number[]
}

export const calibrationPath = (folder: string, id: string): string => join(folder, 'calibration', `${id}.json`)

export async function readCalibration(folder: string, id: string): Promise<Calibration> {
  return JSON.parse(await readFile(calibrationPath(folder, id), 'utf8')) as Calibration
}

/** The graph in 8-bit integers, its descriptor centred. */
export function calibrated(graph: Graph, { ranges, centre }: Calibration): Graph {
  const quantised = quantise(graph, ranges)
  return centre ? centreDescriptor(quantised, centre) : quantised
}
