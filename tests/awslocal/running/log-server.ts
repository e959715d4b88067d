import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** An event as `FilterLogEvents` answers it. */
export interface ServedEvent {
  readonly eventId: string
  readonly timestamp: number
  readonly logStreamName: string
  readonly message: string
}

/** A server that knows `FilterLogEvents` only, in pages of two; `events` may grow while it runs. */
export interface LogServer {
  readonly url: string
  readonly events: ServedEvent[]
  /** The inputs of the requests so far. */
  readonly asked: Record<string, unknown>[]
  readonly close: () => Promise<void>
}

/** Starts a log server on a free port. */
export async function startLogServer(): Promise<LogServer> {
  const events: ServedEvent[] = []
  const asked: Record<string, unknown>[] = []
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    const input = JSON.parse(Buffer.concat(chunks).toString())
    asked.push(input)
    response.setHeader('content-type', 'application/x-amz-json-1.1')
    response.end(JSON.stringify(pageOf(events, input)))
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const close = (): Promise<void> =>
    new Promise(resolve => {
      server.close(() => resolve())
      server.closeAllConnections()
    })
  return { url: `http://127.0.0.1:${port}`, events, asked, close }
}

/** The page of an input; a token is where the next page starts. */
export function pageOf(
  events: readonly ServedEvent[],
  input: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const found = events
    .filter(event => event.timestamp >= Number(input.startTime ?? 0))
    .sort((a, b) => a.timestamp - b.timestamp)
  const start = Number(input.nextToken ?? 0)
  const end = start + 2
  return {
    events: found.slice(start, end).map(event => ({ ...event, ingestionTime: event.timestamp })),
    ...(end < found.length ? { nextToken: String(end) } : {}),
  }
}
