import type { FastifyRequest, onRequestHookHandler } from 'fastify'
import { type ApiKey, findApiKey, type Scope } from './api-keys.ts'
import { Refusal } from './problem.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** What a caller's key must allow; a route without a scope is open to all. */
    scope?: Scope
  }
  interface FastifyRequest {
    /** The name of the key that the caller presented. */
    caller?: string
  }
}

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]'])

/** Lets a request in by its API key. Holds the count of every key's requests that are under way. */
export function authoriseByKey(keys: readonly ApiKey[]): onRequestHookHandler {
  const underWay = new Map<ApiKey, number>()

  return async (request, reply) => {
    const { scope } = request.routeOptions.config
    if (!scope) return
    const key = findApiKey(keys, bearer(request))
    if (!key)
      throw new Refusal(401, 'key-missing', 'a valid API key is needed', {
        'www-authenticate': 'Bearer realm="genkend"',
      })
    request.caller = key.name
    if (!key.scopes.includes(scope)) throw new Refusal(403, 'scope-missing', `the API key does not allow to ${scope}`)

    const count = underWay.get(key) ?? 0
    if (count >= (key.concurrent ?? Number.POSITIVE_INFINITY))
      throw new Refusal(429, 'too-many-requests', 'too many requests of this key are under way', { 'retry-after': '1' })
    underWay.set(key, count + 1)
    reply.raw.once('close', () => underWay.set(key, underWay.get(key)! - 1))
  }
}

/**
 * Lets in requests that were meant for this machine. Loopback needs no key, but a page in a local browser may be led
 * here under a foreign name (DNS rebinding): the name it uses gives it away.
 */
export const authoriseLoopback: onRequestHookHandler = async (request) => {
  const name = request.host.replace(/:\d{1,5}$/, '')
  if (request.routeOptions.config.scope && !LOOPBACK.has(name))
    throw new Refusal(421, 'host-unknown', 'without API keys only requests to localhost are answered')
}

function bearer({ headers: { authorization = '' } }: FastifyRequest): string {
  return authorization.startsWith('Bearer ') ? authorization.slice('Bearer '.length) : ''
}
