import { workerData } from 'node:worker_threads'
import { createTasks } from '../src/engine/tasks.ts'
import type { IdentifiedCalibration } from '../src/face/index.ts'
import { workerTasks } from '../src/pool/worker-tasks.ts'

const { models, calibration } = workerData as { models?: string; calibration?: IdentifiedCalibration }

export default workerTasks(createTasks(models, calibration))
