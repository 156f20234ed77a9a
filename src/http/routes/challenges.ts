import type { FastifyInstance } from 'fastify'
import { CHIP_PARTS } from '../evidence.ts'
import { readParts } from '../parts.ts'
import { ChipChallengeSchema, documentRoute, LivenessChallengeSchema } from '../schemas.ts'
import type { Service } from '../service.ts'

const DG14 = { DG14: CHIP_PARTS.DG14! }

/** Issues challenges: random, short-lived, each spent by the one request that refers to it. */
export function challengeRoutes(app: FastifyInstance, { engine }: Service): void {
  app.post(
    '/v1/liveness/challenges',
    {
      config: { scope: 'submit' },
      schema: documentRoute('Issue a liveness challenge', [], 201, LivenessChallengeSchema),
    },
    async (_, reply) => reply.code(201).send(await engine.issueLivenessChallenge()),
  )

  app.post(
    '/v1/chip/challenges',
    {
      config: { scope: 'submit' },
      schema: documentRoute(
        'Issue a challenge for active authentication and, with the DG14 of a chip, begin chip authentication',
        Object.keys(DG14),
        201,
        ChipChallengeSchema,
      ),
    },
    async (request, reply) => {
      const parts = request.isMultipart() ? await readParts(request, reply, DG14) : undefined
      return reply.code(201).send(await engine.issueChipChallenge(parts?.get('DG14')?.[0]))
    },
  )
}
