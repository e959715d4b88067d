import { type ChildProcess, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { request } from 'node:http'
import { resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { usageOf } from '../../bench/process-usage.ts'

const root = resolve(import.meta.dirname ?? '.', '../..')
const mebibyte = 1024 * 1024
const pieces = 2048
/** Neither zeros nor anything that repeats within a network buffer. */
const piece = createHash('sha512').update('taller').digest()
const body = Buffer.concat(Array.from({ length: mebibyte / piece.length }, () => piece))

let cloud: ChildProcess
let port: number

beforeAll(async () => {
  cloud = spawn(process.execPath, ['bin/taller.mjs', 'cloud', 'port', '0'], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  if (!cloud.stdout) throw new Error('the cloud has no output')
  for await (const line of createInterface({ input: cloud.stdout })) {
    const found = /http:\/\/localhost:(\d+)/.exec(line)
    if (!found) continue
    port = Number(found[1])
    break
  }
  cloud.stdout.resume()
})
afterAll(async () => {
  cloud.kill('SIGTERM')
  await once(cloud, 'exit')
})

async function* twoGibibytes(onPiece: () => void): AsyncGenerator<Buffer> {
  for (let index = 0; index < pieces; index++) {
    if (index % 64 === 0) onPiece()
    yield body
  }
}

it('takes and gives 2 GiB without growing by more than 64 MiB', async () => {
  await fetch(`http://127.0.0.1:${port}/grande`, { method: 'PUT' })
  await fetch(`http://127.0.0.1:${port}/grande/calentar`, { method: 'PUT', body: new Uint8Array(body) })
  const before = usageOf(cloud.pid as number).residentBytes
  let peak = before
  const watch = (): void => {
    peak = Math.max(peak, usageOf(cloud.pid as number).residentBytes)
  }

  const put = request({
    port,
    host: '127.0.0.1',
    method: 'PUT',
    path: '/grande/k',
    headers: { 'content-length': pieces * mebibyte },
  })
  const answered = once(put, 'response')
  await pipeline(Readable.from(twoGibibytes(watch), { objectMode: false }), put)
  const [stored] = await answered
  expect(stored.statusCode).toBe(200)
  stored.resume()

  const got = await new Promise<import('node:http').IncomingMessage>((done, failed) => {
    request({ port, host: '127.0.0.1', path: '/grande/k' }, done).on('error', failed).end()
  })
  let received = 0
  const hash = createHash('md5')
  for await (const data of got) {
    received += data.length
    hash.update(data)
    if (received % (64 * mebibyte) < data.length) watch()
  }
  expect(received).toBe(pieces * mebibyte)
  expect(`"${hash.digest('hex')}"`).toBe(got.headers.etag)
  expect((peak - before) / mebibyte).toBeLessThan(64)
}, 180_000)
