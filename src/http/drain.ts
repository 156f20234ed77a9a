import type { FastifyInstance } from 'fastify'
import { MAX_DRAIN_MS } from './limits.ts'

const LOOK_EVERY_MS = 50

/**
 * Lets `close` end. Node waits for every connection, those over which nobody has asked anything included, and times
 * none out once it is closing: so they are ended here, as soon as all requests are answered, or after `MAX_DRAIN_MS`.
 */
export function drainOnClose(app: FastifyInstance): void {
  let underWay = 0
  app.addHook('onRequest', async (_, reply) => {
    underWay++
    reply.raw.once('close', () => underWay--)
  })
  app.addHook('preClose', async () => {
    const since = performance.now()
    const timer = setInterval(() => {
      if (underWay === 0 || performance.now() - since > MAX_DRAIN_MS) app.server.closeAllConnections()
    }, LOOK_EVERY_MS)
    app.server.once('close', () => clearInterval(timer))
  })
}
