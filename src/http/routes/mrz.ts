import type { FastifyInstance } from 'fastify'
import { callOptions } from '../call.ts'
import { MAX_MRZ_FRAMES, MAX_PICTURE_BYTES } from '../limits.ts'
import { type PartLimit, readParts } from '../parts.ts'
import { requirePart } from '../require-part.ts'
import { documentRoute, MrzSchema } from '../schemas.ts'
import { setServerTiming } from '../server-timing.ts'
import type { Service } from '../service.ts'

const PAGES: PartLimit = { bytes: MAX_PICTURE_BYTES, count: MAX_MRZ_FRAMES }

/** Reads the machine readable zone of one picture, or of several frames of one document. */
export function mrzRoutes(app: FastifyInstance, { engine, metrics }: Service): void {
  app.post(
    '/v1/mrz',
    { config: { scope: 'submit' }, schema: documentRoute('Read an MRZ', ['page'], 200, MrzSchema) },
    async (request, reply) => {
      const parts = await readParts(request, reply, { page: PAGES })
      requirePart(parts, 'page')
      const { answer, timings } = await engine.readMrz(parts.get('page')!, callOptions(request, reply))
      metrics.observeStages(timings)
      setServerTiming(reply, timings)
      return answer
    },
  )
}
