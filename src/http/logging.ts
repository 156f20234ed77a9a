import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { type DestinationStream, type Logger, pino } from 'pino'
import type { Verdict } from '../verification/result.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** What the log and the metrics say of a verification. */
    verdict?: Verdict
    /** The code of the problem that was answered. */
    problem?: string
  }
}

/**
 * The service's log: who called, what came of it, how long it took. No names, no numbers of documents, no identifiers
 * that callers gave, no addresses; of an error only its code and where it happened, for its message may quote evidence.
 */
export function createLogger(destination?: DestinationStream): Logger {
  const options = {
    base: null,
    serializers: { err: describeError, req: () => undefined, res: () => undefined },
  }
  return destination ? pino(options, destination) : pino(options)
}

/** Writes one line for every request when it is over, also when the client left before. */
export function logRequests(app: FastifyInstance): void {
  app.addHook('onRequest', async (request, reply) => {
    reply.raw.once('close', () => request.log.info(describeRequest(request, reply), 'request'))
  })
}

function describeRequest(request: FastifyRequest, reply: FastifyReply): Record<string, unknown> {
  return {
    method: request.method,
    route: request.routeOptions.url ?? 'none',
    status: reply.raw.writableFinished ? reply.statusCode : 499,
    ms: Math.round(reply.elapsedTime),
    caller: request.caller,
    verdict: request.verdict,
    problem: request.problem,
  }
}

function describeError(error: unknown): unknown {
  if (!(error instanceof Error)) return { type: typeof error }
  const frames = (error.stack ?? '').split('\n').filter((line) => line.startsWith('    at '))
  return { type: error.name, code: (error as { code?: unknown }).code, stack: frames.map((line) => line.trim()) }
}
