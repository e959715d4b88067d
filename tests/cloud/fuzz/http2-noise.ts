import { connect as connectHttp2 } from 'node:http2'
import type { Random } from '../../../src/core/random.ts'
import { makeTarget } from './noise.ts'
import { bodies, headerLines, methods } from './noise-pieces.ts'
import { exchange, type RawAnswer } from './raw-exchange.ts'

/** A connection with prior knowledge: the preface, settings, and a request for `/` without a body. */
export const http2Connection = Buffer.concat([
  Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'),
  Buffer.from('000000040000000000', 'hex'),
  // HEADERS of stream 1, END_STREAM and END_HEADERS: GET, http, /, localhost.
  Buffer.from('00000e010500000001', 'hex'),
  Buffer.from('828684', 'hex'),
  Buffer.from('4109', 'hex'),
  Buffer.from('localhost'),
])

/**
 * Sends the beginning of a connection of HTTP/2, now and then with a byte of its preface changed; any end will do. (After
 * changes in the frames Node ends connections only by their idleness: tests/cloud/http-server.test.ts.)
 */
export async function sendBrokenHttp2(port: number, random: Random): Promise<void> {
  const bytes = Buffer.from(http2Connection.subarray(0, random.integer(3, http2Connection.length)))
  const at = random.integer(3, 23)
  if (random.next() < 0.3 && at < bytes.length) bytes[at] = random.integer(0, 255)
  await exchange({ port, bytes, ending: random.next() < 0.5 ? 'close' : 'reset' })
}

/** Sends requests as streams of one HTTP/2 connection, and gives their answers; a stream that the client breaks has none. */
export async function sendHttp2(url: string, random: Random, count: number): Promise<RawAnswer[]> {
  const session = connectHttp2(url)
  const closed = new Promise<void>(resolve => session.once('close', () => resolve()))
  try {
    const answers = await Promise.all(Array.from({ length: count }, () => sendStream(session, random)))
    return answers.filter(answer => answer !== undefined)
  } finally {
    session.close()
    await closed
  }
}

function sendStream(
  session: ReturnType<typeof connectHttp2>,
  random: Random,
): Promise<RawAnswer | undefined> {
  const isBroken = random.next() < 0.1
  const body = Buffer.from(random.pick(bodies))
  const stream = session.request(makeHeaders(random), { endStream: false })
  const pieces: Buffer[] = []
  let head: Record<string, unknown> | undefined
  return new Promise((resolve, reject) => {
    stream.once('response', headers => {
      head = headers
    })
    stream.on('data', (piece: Buffer) => pieces.push(piece))
    // A stream that either side resets has an error, then its end.
    stream.on('error', () => stream.close())
    stream.once('close', () => {
      if (head === undefined)
        return isBroken || stream.rstCode !== 0 ? resolve(undefined) : reject(new Error('no answer'))
      resolve({
        status: Number(head[':status']),
        headers: Object.fromEntries(Object.entries(head).map(([name, value]) => [name, String(value)])),
        body: Buffer.concat(pieces),
      })
    })
    if (isBroken) stream.write(body, () => stream.close(8))
    else stream.end(body)
  })
}

function makeHeaders(random: Random): Record<string, string> {
  const pairs = Array.from({ length: random.integer(0, 4) }, () => {
    const [name = '', ...value] = random.pick(headerLines).split(':')
    return [name.trim(), value.join(':').trim()] as const
  })
  // What belongs to a connection is no header of HTTP/2, and Node's client refuses to send it.
  const sent = pairs.filter(
    ([name, value]) =>
      /^[a-z0-9-]+$/.test(name) &&
      /^[\x20-\x7e]*$/.test(value) &&
      value.length < 10_000 &&
      !/^(connection|upgrade|http2-settings|transfer-encoding|te|host|content-length)$/.test(name),
  )
  return {
    ':method': random.pick(methods),
    ':path': makeTarget(random).replace(/[^\x21-\x7e]/g, '~'),
    ...Object.fromEntries(sent),
  }
}
