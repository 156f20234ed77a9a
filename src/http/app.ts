import multipart from '@fastify/multipart'
import swagger from '@fastify/swagger'
import { type FastifyBaseLogger, type FastifyInstance, fastify, LogController } from 'fastify'
import type { Logger } from 'pino'
import { type Engine, engineVersion } from '../engine/index.ts'
import { canonicalJson } from '../verification/canonical-json.ts'
import type { ApiKey } from './api-keys.ts'
import { authoriseByKey, authoriseLoopback } from './authorise.ts'
import { refuseConnection } from './client-error.ts'
import { drainOnClose } from './drain.ts'
import { MAX_PARTS, MAX_PICTURE_BYTES, MAX_REQUEST_JSON_BYTES, MAX_UPLOAD_MS } from './limits.ts'
import { createLogger, logRequests } from './logging.ts'
import { createMetrics } from './metrics.ts'
import { describe, Refusal, sendProblem } from './problem.ts'
import { challengeRoutes } from './routes/challenges.ts'
import { faceRoutes } from './routes/faces.ts'
import { livenessRoutes } from './routes/liveness.ts'
import { mrzRoutes } from './routes/mrz.ts'
import { operationRoutes } from './routes/operations.ts'
import { verificationRoutes } from './routes/verifications.ts'

export interface AppOptions {
  /** The API keys that are let in; without any, requests to localhost are. */
  readonly keys?: readonly ApiKey[]
  readonly logger?: Logger
  /** Marks every result as a demonstration's. */
  readonly demo?: boolean
}

/** The HTTP service around an engine: reads requests, asks the engine, writes answers. It closes no engine. */
export async function createApp(engine: Engine, options: AppOptions = {}): Promise<FastifyInstance> {
  const app: FastifyInstance = fastify({
    loggerInstance: (options.logger ?? createLogger()) as FastifyBaseLogger,
    logController: new LogController({ disableRequestLogging: true }),
    // Bodies that are not multipart hold nothing that is needed.
    bodyLimit: MAX_REQUEST_JSON_BYTES,
    requestTimeout: MAX_UPLOAD_MS,
    // Node takes the longer of the two for the whole request, and looks every 30 s unless told otherwise.
    http: { headersTimeout: MAX_UPLOAD_MS, connectionsCheckingInterval: MAX_UPLOAD_MS / 4 },
    clientErrorHandler: refuseConnection,
    // Whoever still asks over an open connection while the service ends is answered, and the connection closed.
    return503OnClosing: false,
  })
  // Schemas document. Parts are checked as they are read, and answers are written as results are, byte for byte.
  app.setValidatorCompiler(() => () => true)
  app.setSerializerCompiler(() => canonicalJson)

  drainOnClose(app)
  logRequests(app)
  const metrics = createMetrics(app, engine)
  app.addHook('onRequest', options.keys ? authoriseByKey(options.keys) : authoriseLoopback)
  app.addHook('onRequest', async (_, reply) => {
    // Answers hold personal data: nobody on the way may keep them.
    reply.header('cache-control', 'no-store')
  })
  app.setErrorHandler((error, request, reply) => {
    const { code, status } = describe(error)
    request.problem = code
    if (status === 500) request.log.error({ err: error }, 'internal error')
    return sendProblem(reply, error)
  })
  app.setNotFoundHandler(() => {
    throw new Refusal(404, 'not-found', 'there is nothing here')
  })

  await app.register(multipart, {
    limits: { fileSize: MAX_PICTURE_BYTES, parts: MAX_PARTS, headerPairs: 16 },
    isPartAFile: () => true,
  })
  await app.register(swagger, {
    openapi: { openapi: '3.1.0', info: { title: 'Genkend', version: engineVersion() } },
  })

  const service = { engine, metrics, demo: options.demo ?? false }
  verificationRoutes(app, service)
  mrzRoutes(app, service)
  faceRoutes(app, service)
  livenessRoutes(app, service)
  challengeRoutes(app, service)
  operationRoutes(app, service)
  return app
}
