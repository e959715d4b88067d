import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { States } from './states.ts'

/** Where every cloud of LocalStack's family tells its health. */
export const HEALTH_PATH = '/_localstack/health'

/** How a health server answers one request. */
export type Reply = (response: ServerResponse) => void

/** A server of the grader's that plays a cloud's health, well or badly. */
export interface HealthServer {
  /** e.g. `http://127.0.0.1:41873`, without a slash at the end. */
  readonly endpoint: string
  /** Method and path of each request that arrived, in order, e.g. `GET /_localstack/health`. */
  readonly requests: readonly string[]
  /** For how long the client has kept, or kept, its longest request open; 0 when there was none. */
  longestWaitMilliseconds(): number
}

/** Serves `reply` at the health path on a free port while `use` runs, then closes every connection. */
export async function withHealthServer<Result>(
  reply: Reply,
  use: (server: HealthServer) => Promise<Result>,
): Promise<Result> {
  const requests: string[] = []
  const waits: { readonly from: number; to?: number }[] = []
  const server = createServer((request, response) => {
    requests.push(`${request.method} ${request.url}`)
    const wait: (typeof waits)[number] = { from: performance.now() }
    waits.push(wait)
    response.on('close', () => {
      wait.to = performance.now()
    })
    if (pathOf(request.url) === HEALTH_PATH) reply(response)
    else response.writeHead(404).end()
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  try {
    const { port } = server.address() as AddressInfo
    return await use({
      endpoint: `http://127.0.0.1:${port}`,
      requests,
      longestWaitMilliseconds: () =>
        Math.max(0, ...waits.map(({ from, to }) => (to ?? performance.now()) - from)),
    })
  } finally {
    server.closeAllConnections()
    server.close()
  }
}

/** Gives an endpoint where nothing listens: a port that was free a moment ago. */
export async function deadEndpoint(): Promise<string> {
  return await withHealthServer(
    () => undefined,
    async ({ endpoint }) => endpoint,
  )
}

/** 200 and the health document that LocalStack would send. */
export function healthy(states: States): Reply {
  return withStatus(200, states)
}

/** A status of one's choice with a health document, however good its states are. */
export function withStatus(status: number, states: States): Reply {
  return response => {
    response.writeHead(status, { 'content-type': 'application/json' }).end(healthDocument(states))
  }
}

/** 200 with any body. */
export function withBody(contentType: string, body: string): Reply {
  return response => {
    response.writeHead(200, { 'content-type': contentType }).end(body)
  }
}

/** The whole answer, after a while. */
export function late(states: States, delayMilliseconds: number): Reply {
  return response => {
    const timer = setTimeout(() => healthy(states)(response), delayMilliseconds)
    response.on('close', () => clearTimeout(timer))
  }
}

/** Takes the request and never says a word. */
export const silent: Reply = () => undefined

/** 200, the headers and the first half of the body; the other half never comes. */
export function halfBody(states: States): Reply {
  return response => {
    const body = healthDocument(states)
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) })
    response.write(body.slice(0, body.length / 2))
  }
}

/** 200 and a body of blanks, one every quarter of a second: always busy, never done. */
export const dripping: Reply = response => {
  const dripMilliseconds = 250
  response.writeHead(200, { 'content-type': 'application/json' })
  const timer = setInterval(() => response.write(' '), dripMilliseconds)
  response.on('close', () => clearInterval(timer))
}

/** The document of `GET /_localstack/health` with these states. */
export function healthDocument(states: States): string {
  return JSON.stringify({ services: states, edition: 'community', version: '4.14.0' })
}

function pathOf(url: string | undefined): string {
  return (url ?? '').split('?', 1)[0] ?? ''
}
