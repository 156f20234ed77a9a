import { STATUS_CODES } from 'node:http'
import type { FastifyReply } from 'fastify'
import { Fault, type FaultKind } from '../check/index.ts'
import { Overload } from '../pool/index.ts'

/** The HTTP status of every kind of fault. 499: the client has left, nobody reads it. */
export const STATUS: Readonly<Record<FaultKind, number>> = {
  usage: 400,
  malformed: 400,
  'too-large': 413,
  unsupported: 415,
  unprocessable: 422,
  overloaded: 503,
  deadline: 504,
  cancelled: 499,
  installation: 500,
  internal: 500,
}

/** A refusal that only HTTP knows: who asks, for what, and how often. */
export class Refusal extends Error {
  constructor(
    readonly status: 401 | 403 | 404 | 421 | 429,
    readonly code: string,
    message: string,
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(message)
  }
}

/** Why a request got no result, as RFC 9457 has it. */
export interface Problem {
  readonly type: string
  readonly title: string
  readonly status: number
  readonly detail: string
  readonly code: string
}

/** What Fastify and its multipart plugin complain about, in our terms. Their messages may quote the client. */
const FRAMEWORK_FAULTS: Readonly<Record<string, Fault>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: new Fault('body-too-large', 'too-large', 'the body is larger than the limit'),
  FST_ERR_CTP_INVALID_MEDIA_TYPE: new Fault('media-type-unsupported', 'unsupported', 'a body of this type is not read'),
  FST_PARTS_LIMIT: new Fault('parts-too-many', 'too-large', 'the body has more parts than the limit'),
  FST_FILES_LIMIT: new Fault('parts-too-many', 'too-large', 'the body has more parts than the limit'),
  FST_REQ_FILE_TOO_LARGE: new Fault('part-too-large', 'too-large', 'a part is larger than the limit'),
}

/** An error in our terms: a fault or refusal as it is, the framework's by its code, anything else withheld. */
export function describe(error: unknown): Problem & { readonly headers: Readonly<Record<string, string>> } {
  if (error instanceof Refusal) return { ...problem(error.status, error.code, error.message), headers: error.headers }
  const fault = error instanceof Fault ? error : frameworkFault(error)
  const { code, kind, message } = Fault.record(fault)
  const headers = fault instanceof Overload ? { 'retry-after': String(fault.retryAfter) } : {}
  return { ...problem(STATUS[kind], code, message), headers }
}

export function sendProblem(reply: FastifyReply, error: unknown): FastifyReply {
  const { headers, ...body } = describe(error)
  // What is left of a refused upload is not read: the connection ends with the answer.
  if (body.status === 413 || body.status === 429) reply.header('connection', 'close')
  return reply.code(body.status).headers(headers).type('application/problem+json').send(JSON.stringify(body))
}

function problem(status: number, code: string, detail: string): Problem {
  const title = status === 499 ? 'Client Closed Request' : (STATUS_CODES[status] ?? 'Error')
  return { type: `urn:genkend:problem:${code}`, title, status, detail, code }
}

function frameworkFault(error: unknown): unknown {
  const { code, statusCode } = error as { code?: unknown; statusCode?: unknown }
  const known = typeof code === 'string' ? FRAMEWORK_FAULTS[code] : undefined
  if (known) return known
  const clientsFault = typeof statusCode === 'number' && statusCode >= 400 && statusCode < 500
  return clientsFault ? new Fault('request-malformed', 'malformed', 'the request is malformed') : error
}
