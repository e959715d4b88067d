import { once } from 'node:events'
import type { ServerResponse } from 'node:http'
import type { StreamedBody } from '../wire/body.ts'
import type { WireResponse } from '../wire/http.ts'
import type { HttpRequest, HttpResponse } from './http-server.ts'

/**
 * Sends an answer; bodies that stream are opened only when they are wanted, and read no faster than they leave. One whose
 * length is known begins before the head is sent: when its first bytes cannot be had, nothing of the answer was sent.
 */
export async function respond(
  request: HttpRequest,
  response: HttpResponse,
  answer: WireResponse,
): Promise<void> {
  const { body, status, headers } = answer
  if (response.destroyed) return letGo(body)
  if (answer.cookies) response.setHeader('set-cookie', answer.cookies)
  if (body === undefined) {
    if (!('content-length' in headers) && status !== 204 && status !== 304 && request.method !== 'HEAD')
      headers['content-length'] = '0'
    response.writeHead(status, inOrder(headers))
    response.end()
    return
  }
  if (isStreamed(body)) {
    await stream(request, response, { body, status, headers })
    return
  }
  headers['content-length'] = String(typeof body === 'string' ? Buffer.byteLength(body) : body.length)
  response.writeHead(status, inOrder(headers))
  if (request.method === 'HEAD') response.end()
  else response.end(body)
}

/** Node refuses a Content-Disposition that is not ASCII where it stands behind the Content-Length. */
function inOrder(headers: Record<string, string>): Record<string, string> {
  const disposition = headers['content-disposition']
  return disposition === undefined ? headers : { 'content-disposition': disposition, ...headers }
}

function isStreamed(body: Exclude<WireResponse['body'], undefined>): body is StreamedBody {
  return typeof body === 'object' && 'open' in body
}

async function stream(
  request: HttpRequest,
  response: HttpResponse,
  { body, status, headers }: { body: StreamedBody; status: number; headers: Record<string, string> },
): Promise<void> {
  if (body.length !== undefined) headers['content-length'] = String(body.length)
  if (request.method === 'HEAD') {
    response.writeHead(status, inOrder(headers)).end()
    return letGo(body)
  }
  let isBegun = body.length === undefined
  if (isBegun) response.writeHead(status, inOrder(headers))
  const ended = new AbortController()
  response.once('close', () => ended.abort())
  for await (const piece of body.open()) {
    if (response.destroyed) return
    if (!isBegun) response.writeHead(status, inOrder(headers))
    isBegun = true
    if (!(response as ServerResponse).write(piece)) await drained(response, ended.signal)
  }
  if (!isBegun) response.writeHead(status, inOrder(headers))
  response.end()
}

/** A stream that nobody will read must be begun, so that what it holds is let go. */
export async function letGo(body: WireResponse['body']): Promise<void> {
  if (body === undefined || !isStreamed(body)) return
  for await (const _ of body.open()) return
}

/** Waits until the client has taken what was written, or is gone. */
async function drained(response: HttpResponse, gone: AbortSignal): Promise<void> {
  try {
    await once(response, 'drain', { signal: gone })
  } catch (error) {
    if (!gone.aborted) throw error
  }
}
