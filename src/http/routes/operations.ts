import type { FastifyInstance } from 'fastify'
import type { Service } from '../service.ts'

/** For those who run the service: is it alive, can it take work, how does it do, what does it speak. */
export function operationRoutes(app: FastifyInstance, { engine, metrics }: Service): void {
  let closing = false
  app.addHook('preClose', async () => {
    closing = true
  })

  app.get('/healthz', { schema: { hide: true } }, async () => ({ status: 'alive' }))

  app.get('/readyz', { schema: { hide: true } }, async (_, reply) => {
    const ready = engine.status.ready && !closing
    return reply.code(ready ? 200 : 503).send({ status: ready ? 'ready' : 'not ready' })
  })

  app.get('/metrics', { config: { scope: 'read' }, schema: { hide: true } }, async (_, reply) =>
    reply.type(metrics.registry.contentType).send(await metrics.registry.metrics()),
  )

  app.get('/openapi.json', { schema: { hide: true } }, async () => app.swagger())
}
