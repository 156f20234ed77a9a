import type { FastifyInstance } from 'fastify'
import { ChipChallengeSchema, documentRoute, LivenessChallengeSchema } from '../schemas.ts'
import type { Service } from '../service.ts'

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
      schema: documentRoute('Issue a challenge for active authentication', [], 201, ChipChallengeSchema),
    },
    async (_, reply) => reply.code(201).send(await engine.issueChipChallenge()),
  )
}
