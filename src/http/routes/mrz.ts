import type { FastifyInstance } from 'fastify'
import { callOptions } from '../call.ts'
import { PICTURE } from '../evidence.ts'
import { readParts } from '../parts.ts'
import { requirePart } from '../require-part.ts'
import { documentRoute, MrzSchema } from '../schemas.ts'
import { setServerTiming } from '../server-timing.ts'
import type { Service } from '../service.ts'

/** Reads the machine readable zone of one picture. */
export function mrzRoutes(app: FastifyInstance, { engine, metrics }: Service): void {
  app.post(
    '/v1/mrz',
    { config: { scope: 'submit' }, schema: documentRoute('Read an MRZ', ['page'], 200, MrzSchema) },
    async (request, reply) => {
      const page = requirePart(await readParts(request, reply, { page: PICTURE }), 'page')
      const { answer, timings } = await engine.readMrz(page, callOptions(request, reply))
      metrics.observeStages(timings)
      setServerTiming(reply, timings)
      if (!answer.found) return answer
      const { found, format, lines, valid, accepted, confidence, corrections, document } = answer
      return { found, format, lines, valid, accepted, confidence, corrections, document }
    },
  )
}
