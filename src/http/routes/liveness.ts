import type { FastifyInstance } from 'fastify'
import { Fault } from '../../check/index.ts'
import { callOptions } from '../call.ts'
import { FRAMES, lengthOf, REQUEST, readFrames, readRequest } from '../evidence.ts'
import { readParts } from '../parts.ts'
import { requirePart } from '../require-part.ts'
import { documentRoute, LivenessSchema } from '../schemas.ts'
import { setServerTiming } from '../server-timing.ts'
import type { Service } from '../service.ts'

const PARTS = { selfie: FRAMES, request: REQUEST }

/** Judges whether a capture is of a live person: one picture by itself, or frames by the challenge they answer. */
export function livenessRoutes(app: FastifyInstance, { engine, metrics }: Service): void {
  app.post(
    '/v1/liveness',
    {
      config: { scope: 'submit' },
      schema: documentRoute('Judge liveness', Object.keys(PARTS), 200, LivenessSchema),
    },
    async (request, reply) => {
      const parts = await readParts(request, reply, PARTS)
      const asked = readRequest(parts)
      const picture = requirePart(parts, 'selfie')
      const frames = readFrames(parts, asked)
      const call = callOptions(request, reply)
      if (asked.challenge === undefined && frames.length > 1)
        throw new Fault('challenge-missing', 'malformed', 'several frames answer a challenge: its id is missing')
      const { answer, timings } =
        asked.challenge === undefined
          ? await engine.judgeLiveness(picture, call)
          : await engine.judgeChallenge(
              await engine.spendLivenessChallenge(asked.challenge, lengthOf(frames)),
              frames,
              { ...call, unseen: true },
            )
      metrics.observeStages(timings)
      setServerTiming(reply, timings)
      return answer
    },
  )
}
