import type { FastifyReply, FastifyRequest } from 'fastify'
import { Fault } from '../check/index.ts'
import { Overload } from '../pool/index.ts'
import { MAX_BODY_BYTES, MAX_HELD_BYTES } from './limits.ts'

/** How large a part may be, in bytes, and how many of its name there may be. */
export interface PartLimit {
  readonly bytes: number
  readonly count: number
}

/** The parts of a multipart body by name, in order. */
export type Parts = ReadonlyMap<string, readonly Uint8Array[]>

/** How many bytes of evidence all requests under way hold. */
let held = 0

/**
 * Reads a multipart body. Every part is bytes, whatever type it says it has.
 * @throws Fault `multipart-expected`, `multipart-malformed`, `part-unknown`, `part-repeated`, `part-too-large`, `body-too-large`
 */
export async function readParts(
  request: FastifyRequest,
  reply: FastifyReply,
  limits: Readonly<Record<string, PartLimit>>,
): Promise<Parts> {
  if (!request.isMultipart())
    throw new Fault('multipart-expected', 'unsupported', 'the body must be multipart/form-data')
  const parts = new Map<string, Uint8Array[]>()
  const hold = holdBytes(reply)
  try {
    for await (const part of request.parts()) {
      const limit = Object.hasOwn(limits, part.fieldname) ? limits[part.fieldname]! : undefined
      if (!limit || part.type !== 'file')
        throw new Fault('part-unknown', 'malformed', 'the body has a part of unknown name')
      const same = parts.get(part.fieldname) ?? []
      if (same.length >= limit.count)
        throw new Fault('part-repeated', 'malformed', `the body has more than ${limit.count} parts of the same name`)
      parts.set(part.fieldname, [...same, await readPart(part.file, limit.bytes, hold)])
    }
  } catch (error) {
    if (error instanceof Fault) throw error
    if (request.raw.destroyed && !request.raw.complete)
      throw new Fault('cancelled', 'cancelled', 'the client left before the request was complete')
    if (typeof (error as { code?: unknown }).code === 'string') throw error
    throw new Fault('multipart-malformed', 'malformed', 'the multipart body is malformed', { cause: error })
  }
  return parts
}

async function readPart(
  stream: AsyncIterable<Buffer>,
  limit: number,
  hold: (bytes: number) => void,
): Promise<Uint8Array> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of stream) {
    size += chunk.length
    if (size > limit)
      throw new Fault('part-too-large', 'too-large', `a part is larger than its limit of ${limit} bytes`)
    hold(chunk.length)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks, size)
}

/** Counts a request's bytes, for itself and among all, until its answer is out. */
function holdBytes(reply: FastifyReply): (bytes: number) => void {
  let own = 0
  reply.raw.once('close', () => {
    held -= own
  })
  return (bytes) => {
    own += bytes
    held += bytes
    if (own > MAX_BODY_BYTES) throw new Fault('body-too-large', 'too-large', 'the body is larger than the limit')
    if (held > MAX_HELD_BYTES) throw new Overload('overloaded', 'too much evidence is being handled', 1000)
  }
}
