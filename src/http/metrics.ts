import type { FastifyInstance } from 'fastify'
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { Engine, Lane } from '../engine/index.ts'
import type { Timings, VerificationResult } from '../verification/result.ts'

/** The service's metrics in the Prometheus format. */
export interface Metrics {
  readonly registry: Registry
  observeVerification(result: VerificationResult): void
  observeStages(timings: Timings): void
}

const SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

export function createMetrics(app: FastifyInstance, engine: Engine): Metrics {
  const registry = new Registry()
  const registers = [registry]
  collectDefaultMetrics({ register: registry, prefix: 'genkend_' })

  const requests = new Histogram({
    name: 'genkend_http_request_seconds',
    help: 'How long requests took, from arrival to the end of the answer.',
    labelNames: ['method', 'route', 'status'] as const,
    buckets: SECONDS,
    registers,
  })
  const verifications = new Counter({
    name: 'genkend_verifications_total',
    help: 'Verifications by policy and verdict.',
    labelNames: ['policy', 'verdict'] as const,
    registers,
  })
  const stages = new Histogram({
    name: 'genkend_stage_seconds',
    help: 'How long each stage occupied its worker.',
    labelNames: ['stage'] as const,
    buckets: SECONDS,
    registers,
  })
  new Gauge({
    name: 'genkend_queued_calls',
    help: 'Calls that wait for a worker.',
    labelNames: ['lane'] as const,
    registers,
    collect() {
      for (const lane of ['interactive', 'batch'] satisfies Lane[]) this.set({ lane }, engine.status.queued[lane])
    },
  })
  new Gauge({
    name: 'genkend_running_calls',
    help: 'Calls that a worker holds.',
    registers,
    collect() {
      this.set(engine.status.running)
    },
  })
  new Gauge({
    name: 'genkend_workers',
    help: 'Worker threads.',
    registers,
    collect() {
      this.set(engine.status.workers)
    },
  })

  app.addHook('onRequest', async (request, reply) => {
    reply.raw.once('close', () => {
      const status = reply.raw.writableFinished ? reply.statusCode : 499
      const route = request.routeOptions.url ?? 'none'
      requests.observe({ method: request.method, route, status }, reply.elapsedTime / 1000)
    })
  })

  return {
    registry,
    observeVerification: ({ policy, verdict }) => verifications.inc({ policy, verdict }),
    observeStages: (timings) => {
      for (const [stage, milliseconds] of Object.entries(timings)) stages.observe({ stage }, milliseconds / 1000)
    },
  }
}
