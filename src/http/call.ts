import type { FastifyReply, FastifyRequest } from 'fastify'
import { Fault } from '../check/index.ts'
import type { CallOptions } from '../engine/index.ts'
import { DEFAULT_DEADLINE_MS, MAX_DEADLINE_MS } from './limits.ts'

/**
 * How long the engine may take for this request, and whether anybody still waits for it. The deadline counts from the
 * request's arrival: a slow upload uses it up.
 * @throws Fault `deadline-invalid` (usage), `deadline`
 */
export function callOptions(request: FastifyRequest, reply: FastifyReply): CallOptions {
  const deadline = requestedDeadline(request)
  const left = deadline - reply.elapsedTime
  if (left <= 0) throw new Fault('deadline', 'deadline', 'the deadline passed before the request was complete')
  const controller = new AbortController()
  const leave = () => controller.abort()
  if (reply.raw.destroyed) leave()
  reply.raw.once('close', leave)
  return { deadlineMs: left, signal: controller.signal, lane: 'interactive' }
}

function requestedDeadline({ headers }: FastifyRequest): number {
  const header = headers['genkend-deadline-ms']
  if (header === undefined) return DEFAULT_DEADLINE_MS
  const deadline = typeof header === 'string' && /^\d{1,6}$/.test(header) ? Number(header) : 0
  if (deadline < 1 || deadline > MAX_DEADLINE_MS)
    throw new Fault('deadline-invalid', 'usage', `Genkend-Deadline-Ms is a whole number from 1 to ${MAX_DEADLINE_MS}`)
  return deadline
}
