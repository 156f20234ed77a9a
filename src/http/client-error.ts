import { STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'

/** What Node found wrong with a connection before there was a request, by its code; anything else is not HTTP. */
const REFUSALS: Readonly<Record<string, { readonly status: number; readonly code: string }>> = {
  ERR_HTTP_REQUEST_TIMEOUT: { status: 408, code: 'request-timeout' },
  HPE_HEADER_OVERFLOW: { status: 431, code: 'headers-too-large' },
}

/** Answers a client whose request never became one, and ends the connection. */
export function refuseConnection(error: Error & { readonly code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy()
    return
  }
  const { status, code } = REFUSALS[error.code ?? ''] ?? { status: 400, code: 'request-malformed' }
  const title = STATUS_CODES[status]
  const body = JSON.stringify({ type: `urn:genkend:problem:${code}`, title, status, detail: title, code })
  socket.end(
    `HTTP/1.1 ${status} ${title}\r\ncontent-type: application/problem+json\r\n` +
      `content-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`,
  )
}
