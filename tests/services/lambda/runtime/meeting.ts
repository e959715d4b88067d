import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A place where calls wait, so that a test decides how many are at work at once and which one ends first. */
export interface Meeting {
  readonly url: string
  /** Resolves when so many wait. */
  arrivals(count: number): Promise<void>
  /** Lets the one go that has waited longest. */
  release(): void
  close(): void
}

export async function createMeeting(): Promise<Meeting> {
  const waiting: ServerResponse[] = []
  const server = createServer((_request, response) => {
    waiting.push(response)
    server.emit('arrival')
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    arrivals: async count => {
      while (waiting.length < count) await once(server, 'arrival')
    },
    release: () => waiting.shift()?.end('go'),
    close: () => {
      server.close()
      server.closeAllConnections()
    },
  }
}
