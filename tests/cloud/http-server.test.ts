import { once } from 'node:events'
import { connect as connectHttp2, constants } from 'node:http2'
import { connect } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { type HttpPort, listen, type RequestHandler } from '../../src/cloud/http-server.ts'
import { startLocalCloud } from '../../src/local-cloud.ts'
import { http2Connection } from './fuzz/http2-noise.ts'

const running: Pick<HttpPort, 'close'>[] = []
afterEach(async () => {
  for (const port of running.splice(0)) await port.close()
})

/** A port that keeps nobody waiting on it for long. */
async function openPort(keepAliveMilliseconds: number, handler: RequestHandler): Promise<number> {
  const port = await listen({ port: 0, host: '127.0.0.1', keepAliveMilliseconds }, handler, () => undefined)
  running.push(port)
  return port.port
}

describe('HTTP/2', () => {
  it('a connection with any byte of its frames changed is ended, though its client waits', async () => {
    const port = await openPort(20, (_request, response) => response.end())
    const damaged = [24, 25, 33, 35, 37, 42, 43, 46].flatMap(at =>
      [0xff, 0x05].map(byte => [at, byte] as const),
    )
    const ends = damaged.map(async ([at, byte]) => {
      const bytes = Buffer.from(http2Connection)
      bytes[at] = byte
      const socket = connect({ port, host: '127.0.0.1' }).on('error', () => socket.destroy())
      socket.resume().write(bytes)
      await once(socket, 'close')
      return [at, byte]
    })
    expect(await Promise.all(ends)).toEqual(damaged)
  })

  it('a stream that asks before it sends its body, and is broken at once, ends nothing but itself', async () => {
    const bugs: unknown[] = []
    const cloud = await startLocalCloud({ port: 0, onBug: error => bugs.push(error) })
    running.push(cloud)
    await fetch(`${cloud.url}/lago`, { method: 'PUT' })
    const session = connectHttp2(cloud.url)
    const head = { ':method': 'PUT', ':path': '/lago/k', expect: '100-continue', 'content-length': '6' }
    const ask = () => session.request(head)
    // Request and reset leave together, so that the server learns of both before it answers either.
    const broken = ask()
    broken.on('error', () => broken.destroy()).close(constants.NGHTTP2_CANCEL)
    const invited = ask()
    await once(invited, 'continue')
    invited.end('cuerpo')
    const [answer] = await once(invited, 'response')
    expect([answer[':status'], bugs]).toEqual([200, []])
    session.destroy()
  })

  it('a connection whose request is not answered yet is kept', async () => {
    const responses: { end(text: string): void }[] = []
    const port = await openPort(300, (_request, response) => responses.push(response))
    const session = connectHttp2(`http://127.0.0.1:${port}`)
    const stream = session.request({ ':path': '/' })
    const others = Array.from({ length: 5 }, async () => {
      // Those that ask nothing are gone by the same rule.
      const idle = connectHttp2(`http://127.0.0.1:${port}`)
      await once(idle, 'close')
    })
    await Promise.all(others)
    responses[0]?.end('a tiempo')
    const [piece] = await once(stream, 'data')
    expect(String(piece)).toBe('a tiempo')
    await once(session, 'close')
  })
})
