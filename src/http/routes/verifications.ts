import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { canonicalJson } from '../../verification/canonical-json.ts'
import { callOptions } from '../call.ts'
import { assembleEvidence, CHIP_PARTS, FRAMES, PICTURE, REQUEST, readRequest } from '../evidence.ts'
import { type PartLimit, readParts } from '../parts.ts'
import { documentRoute, ResultSchema } from '../schemas.ts'
import { setServerTiming } from '../server-timing.ts'
import type { Service } from '../service.ts'

const ALL_PARTS = { page: PICTURE, selfie: FRAMES, ...CHIP_PARTS, request: REQUEST }
const CHIP_ALONE = { ...CHIP_PARTS, request: REQUEST }

/** Whole verifications, and those of a chip alone: the answer is the result, whatever the verdict. */
export function verificationRoutes(app: FastifyInstance, service: Service): void {
  app.post(
    '/v1/verifications',
    {
      config: { scope: 'submit' },
      schema: documentRoute('Verify a passport and its holder', Object.keys(ALL_PARTS), 200, ResultSchema),
    },
    async (request, reply) => verify(service, request, reply, ALL_PARTS),
  )

  app.post(
    '/v1/chip',
    {
      config: { scope: 'submit' },
      schema: documentRoute('Verify chip files alone', Object.keys(CHIP_ALONE), 200, ResultSchema),
    },
    async (request, reply) => verify(service, request, reply, CHIP_ALONE, 'chip'),
  )
}

async function verify(
  { engine, metrics, demo }: Service,
  request: FastifyRequest,
  reply: FastifyReply,
  limits: Readonly<Record<string, PartLimit>>,
  fixedPolicy?: string,
): Promise<FastifyReply> {
  const parts = await readParts(request, reply, limits)
  const asked = readRequest(parts)
  const policy = fixedPolicy ?? asked.policy
  const call = callOptions(request, reply)
  const evidence = await assembleEvidence(engine, parts, asked)
  const { result, timings } = await engine.verify(evidence, {
    ...call,
    unseen: true,
    ...(policy ? { policy } : {}),
  })

  request.verdict = result.verdict
  metrics.observeVerification(result)
  metrics.observeStages(timings)
  setServerTiming(reply, timings)
  return reply.type('application/json').send(canonicalJson(demo ? { ...result, demo } : result))
}
