import { workerData } from 'node:worker_threads'
import { createTasks } from '../src/engine/tasks.ts'
import { workerTasks } from '../src/pool/worker-tasks.ts'

const { models } = workerData as { models?: string }

export default workerTasks(createTasks(models))
