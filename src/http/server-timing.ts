import type { FastifyReply } from 'fastify'
import type { Timings } from '../verification/result.ts'

/** Says where the time went (W3C Server Timing), in ms: each stage on its worker, and the whole request so far. */
export function setServerTiming(reply: FastifyReply, timings: Timings): void {
  const entries = Object.entries({ ...timings, total: reply.elapsedTime })
  reply.header('server-timing', entries.map(([name, ms]) => `${name};dur=${ms.toFixed(1)}`).join(', '))
}
