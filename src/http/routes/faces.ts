import type { FastifyInstance } from 'fastify'
import type { Timings } from '../../verification/result.ts'
import { callOptions } from '../call.ts'
import { PICTURE } from '../evidence.ts'
import { readParts } from '../parts.ts'
import { requirePart } from '../require-part.ts'
import { ComparisonSchema, documentRoute } from '../schemas.ts'
import { setServerTiming } from '../server-timing.ts'
import type { Service } from '../service.ts'

/** Compares the faces of two pictures. */
export function faceRoutes(app: FastifyInstance, { engine, metrics }: Service): void {
  app.post(
    '/v1/faces/compare',
    { config: { scope: 'submit' }, schema: documentRoute('Compare two faces', ['a', 'b'], 200, ComparisonSchema) },
    async (request, reply) => {
      const parts = await readParts(request, reply, { a: PICTURE, b: PICTURE })
      const pictures = [requirePart(parts, 'a'), requirePart(parts, 'b')] as const
      const call = callOptions(request, reply)
      const [a, b] = await Promise.all([engine.analyseFace(pictures[0], call), engine.analyseFace(pictures[1], call)])
      for (const { timings } of [a, b]) metrics.observeStages(timings)
      setServerTiming(reply, prefixed({ a, b }))
      return engine.compareFaces(a.answer.template, b.answer.template)
    },
  )
}

/** The stages of each picture by its part's name, as in `a-face`. */
function prefixed(pictures: Readonly<Record<string, { readonly timings: Timings }>>): Timings {
  return Object.fromEntries(
    Object.entries(pictures).flatMap(([part, { timings }]) =>
      Object.entries(timings).map(([stage, ms]) => [`${part}-${stage}`, ms]),
    ),
  )
}
