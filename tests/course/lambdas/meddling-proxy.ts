import { once } from 'node:events'
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** Stands between a function and its cloud. */
export interface MeddlingProxy {
  readonly url: string
  close(): Promise<void>
}

/** What a proxy does besides passing requests on. */
export interface Meddling {
  /** Answers in the cloud's stead where it gives an XML error of S3's. */
  refuse?(method: string, path: string): string | undefined
  /** Called when an answer has been passed on whole. */
  answered?(method: string, path: string): Promise<void>
}

/** Starts a proxy to a cloud on a free port. */
export async function startMeddlingProxy(cloudUrl: string, meddling: Meddling): Promise<MeddlingProxy> {
  const { port } = new URL(cloudUrl)
  const server = createServer((incoming, outgoing) => pass(incoming, outgoing, { port, meddling }))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

function pass(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  { port, meddling }: { readonly port: string; readonly meddling: Meddling },
): void {
  const { method = '', url: path = '', headers } = incoming
  const refusal = meddling.refuse?.(method, path)
  if (refusal !== undefined) {
    incoming.resume()
    outgoing.writeHead(400, { 'content-type': 'application/xml', connection: 'close' })
    outgoing.end(`<Error><Code>${refusal}</Code><Message>no</Message></Error>`)
    return
  }
  const upstream = request({ host: '127.0.0.1', port, method, path, headers }, async answer => {
    outgoing.writeHead(answer.statusCode ?? 502, answer.headers)
    for await (const chunk of answer) if (!outgoing.write(chunk)) await once(outgoing, 'drain')
    await meddling.answered?.(method, path)
    outgoing.end()
  })
  incoming.pipe(upstream)
}
