import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type LocalCloud, startLocalCloud } from '../../src/local-cloud.ts'

let cloud: LocalCloud
const bugs: unknown[] = []

beforeAll(async () => {
  cloud = await startLocalCloud({ port: 0, controlToken: 'secreto', onBug: error => bugs.push(error) })
})
afterAll(async () => {
  await cloud.close()
  expect(bugs).toEqual([])
})

/** Sends raw bytes and gives everything that comes back until the server closes or `until` is seen. */
async function exchange(bytes: string | Buffer, until?: RegExp): Promise<string> {
  const socket = connect(cloud.port, '127.0.0.1')
  let received = ''
  socket.setEncoding('latin1')
  socket.on('data', text => {
    received += text
    if (until?.test(received)) socket.destroy()
  })
  socket.write(bytes)
  await once(socket, 'close')
  return received
}

function get(path: string, headers: Record<string, string> = {}): string {
  const lines = Object.entries({ host: 'localhost', connection: 'close', ...headers }).map(
    ([name, value]) => `${name}: ${value}\r\n`,
  )
  return `GET ${path} HTTP/1.1\r\n${lines.join('')}\r\n`
}

describe('health', () => {
  it("answers in LocalStack's shape, to HEAD too, listing only what works", async () => {
    const response = await fetch(`${cloud.url}/_localstack/health`)
    const health = (await response.json()) as { services: Record<string, string>; version: string }
    expect(Object.keys(health.services)).toEqual([...cloud.services])
    for (const state of Object.values(health.services)) expect(['available', 'running']).toContain(state)
    expect(health.version).toMatch(/^\d+\.\d+\.\d+/)
    const head = await fetch(`${cloud.url}/_localstack/health`, { method: 'HEAD' })
    expect([head.status, await head.text()]).toEqual([200, ''])
  })
})

describe('who gets in', () => {
  const foreign: [string, Record<string, string>, number][] = [
    ['a name of another site', { host: 'evil.example' }, 403],
    [
      "a page of another site by this machine's name",
      { host: 'localhost', origin: 'http://evil.example' },
      403,
    ],
    ['an opaque origin', { host: 'localhost', origin: 'null' }, 403],
    ['a look-alike of localhost', { host: 'localhost.evil.example' }, 403],
    ['this machine', { host: 'localhost' }, 200],
    ['a loopback address', { host: '127.8.9.10:4566' }, 200],
    ['a page of this machine', { host: 'localhost', origin: 'http://localhost:3000' }, 200],
    ["LocalStack's name for this machine", { host: 's3.localhost.localstack.cloud:4566' }, 200],
    ['IPv6 loopback', { host: '[::1]:4566' }, 200],
  ]
  it.each(foreign)('%s', async (_who, headers, status) => {
    expect(await exchange(get('/', headers))).toMatch(new RegExp(`^HTTP/1.1 ${status} `))
  })
})

describe('the control plane', () => {
  const requests: [string, RequestInit, number][] = [
    ['clock', {}, 403],
    ['clock', { headers: { authorization: 'Bearer otro' } }, 403],
    ['clock', { headers: { authorization: 'Bearer secreto' } }, 200],
    ['reset', { method: 'POST' }, 403],
    ['timeline', { headers: { authorization: 'Bearer secreto' } }, 200],
    ['idle', { headers: { authorization: 'Bearer secreto' } }, 200],
    ['nada', { headers: { authorization: 'Bearer secreto' } }, 404],
    [
      'clock',
      { method: 'POST', body: '{"advanceMilliseconds":-1}', headers: { authorization: 'Bearer secreto' } },
      400,
    ],
    ['clock', { method: 'POST', body: 'x', headers: { authorization: 'Bearer secreto' } }, 400],
  ]
  it.each(requests)('%s %j → %i', async (action, init, status) => {
    expect((await fetch(`${cloud.url}/_taller/${action}`, init)).status).toBe(status)
  })

  it('moves the clock', async () => {
    const headers = { authorization: 'Bearer secreto' }
    const read = async () =>
      ((await (await fetch(`${cloud.url}/_taller/clock`, { headers })).json()) as { now: number }).now
    const before = await read()
    await fetch(`${cloud.url}/_taller/clock`, {
      method: 'POST',
      headers,
      body: '{"advanceMilliseconds":86400000}',
    })
    expect((await read()) - before).toBeGreaterThanOrEqual(86_400_000)
  })
})

describe('requests in every shape', () => {
  it('takes a target in absolute form', async () => {
    expect(await exchange(get('http://localhost:4566/_localstack/health'))).toContain('"services"')
  })

  it('asks a waiting client for its body only when it is wanted', async () => {
    const request = (path: string) =>
      `PUT ${path} HTTP/1.1\r\nhost: localhost\r\nexpect: 100-continue\r\ncontent-length: 3\r\n\r\n`
    const refused = await exchange(request('/no-existe/k'), /<\/Error>$/)
    expect(refused).toMatch(/^HTTP\/1.1 404 /)
    await fetch(`${cloud.url}/espera`, { method: 'PUT' })
    expect(await exchange(request('/espera/k'), /100 Continue\r\n\r\n/)).toMatch(/^HTTP\/1.1 100 Continue/)
  })

  it('receives what is left of a refused body, so that who still sends it reads the answer', async () => {
    const megabytes = 30
    const head = `PUT /no-existe/k HTTP/1.1\r\nhost: localhost\r\ncontent-length: ${megabytes << 20}\r\n\r\n`
    const body = Buffer.alloc(megabytes << 20, 'a')
    const answers = await exchange(
      Buffer.concat([Buffer.from(head), body, Buffer.from(get('/_localstack/health'))]),
    )
    expect(answers.match(/HTTP\/1.1 \d+/g)).toEqual(['HTTP/1.1 404', 'HTTP/1.1 200'])
  })

  it('ends the connection rather than receive gigabytes in vain', async () => {
    const head = `PUT /no-existe/k HTTP/1.1\r\nhost: localhost\r\ncontent-length: ${2 ** 31}\r\n\r\n`
    expect(await exchange(head)).toMatch(/^HTTP\/1.1 404 [\s\S]*\r\nconnection: close\r\n/i)
  })

  it.each(['200-ok', ''])('does what it is asked though the client expects %j', async expectation => {
    await fetch(`${cloud.url}/expectativas`, { method: 'PUT' })
    const head = `PUT /expectativas/k HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n`
    const answer = await exchange(`${head}expect: ${expectation}\r\ncontent-length: 3\r\n\r\nabc`)
    expect(answer).toMatch(/^HTTP\/1.1 200 /)
  })

  it('answers the request that a body too long for its length belongs to, and ends the connection', async () => {
    await fetch(`${cloud.url}/largos`, { method: 'PUT' })
    const head = 'PUT /largos/k HTTP/1.1\r\nhost: localhost\r\ncontent-length: 2\r\n'
    const refused = await exchange(`${head}x-amz-checksum-crc32: NSRBwg==\r\n\r\nabc`)
    expect(refused).toMatch(/^HTTP\/1.1 400 [\s\S]*<Code>BadDigest<\/Code>/)
    expect(await exchange(`${head}\r\nab\u0000`)).toMatch(/^HTTP\/1.1 200 /)
  })

  it('answers pipelined requests on one connection in order', async () => {
    const answers = await exchange(
      `GET /_localstack/health HTTP/1.1\r\nhost: localhost\r\n\r\n${get('/no-existe')}`,
    )
    expect(answers.match(/HTTP\/1.1 \d+/g)).toEqual(['HTTP/1.1 200', 'HTTP/1.1 404'])
  })

  it("stores an object that comes with a form's content type, as curl sends it", async () => {
    await fetch(`${cloud.url}/formas`, { method: 'PUT' })
    const headers = { 'content-type': 'application/x-www-form-urlencoded' }
    expect((await fetch(`${cloud.url}/formas/k`, { method: 'PUT', body: 'a=1&b=2', headers })).status).toBe(
      200,
    )
    expect(await (await fetch(`${cloud.url}/formas/k`)).text()).toBe('a=1&b=2')
  })

  it('reads a call of a query service from an unsigned form', async () => {
    const body = new URLSearchParams({ Action: 'GetCallerIdentity', Version: '2011-06-15' })
    const answer = await fetch(cloud.url, { method: 'POST', body })
    expect(await answer.text()).toContain('<Account>000000000000</Account>')
  })

  it('takes header bytes as UTF-8, and as Latin-1 where they are none', async () => {
    await fetch(`${cloud.url}/letras`, { method: 'PUT' })
    for (const bytes of [Buffer.from('año', 'utf8'), Buffer.from('año', 'latin1')]) {
      const head = `PUT /letras/k HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\ncontent-length: 0\r\nx-amz-meta-dato: `
      await exchange(Buffer.concat([Buffer.from(head), bytes, Buffer.from('\r\n\r\n')]))
      const stored = (await fetch(`${cloud.url}/letras/k`)).headers.get('x-amz-meta-dato')
      expect(stored).toBe('=?UTF-8?Q?a=C3=B1o?=')
    }
  })

  it('refuses a document whose digest does not fit', async () => {
    await fetch(`${cloud.url}/resumen`, { method: 'PUT' })
    const body = '<Delete><Object><Key>k</Key></Object></Delete>'
    const md5 = createHash('md5').update(body).digest('base64')
    const wrong = createHash('md5').update('otra').digest('base64')
    const remove = (headers: Record<string, string>) =>
      fetch(`${cloud.url}/resumen?delete`, { method: 'POST', body, headers })
    expect((await remove({ 'content-md5': md5 })).status).toBe(200)
    const crc32 = 'AAAAAA=='
    for (const headers of [{ 'content-md5': wrong }, { 'x-amz-checksum-crc32': crc32 }]) {
      const refused = await remove(headers as Record<string, string>)
      expect([refused.status, await refused.text()]).toEqual([400, expect.stringContaining('BadDigest')])
    }
  })

  const refused: [string, string | Buffer, RegExp][] = [
    ['no HTTP at all', 'hola\r\n\r\n', /^HTTP\/1.1 400 /],
    ['binary noise', Buffer.from([0, 255, 13, 10, 13, 10, 22, 3, 1]), /^HTTP\/1.1 400 /],
    [
      'headers without end',
      `GET / HTTP/1.1\r\nhost: localhost\r\nx: ${'a'.repeat(80_000)}\r\n\r\n`,
      /^HTTP\/1.1 431 /,
    ],
    ['a target that is too long', get(`/${'a'.repeat(20_000)}`), /^HTTP\/1.1 414 /],
    [
      'a length that is no number',
      'PUT /b/k HTTP/1.1\r\nhost: localhost\r\ncontent-length: x\r\n\r\n',
      /^HTTP\/1.1 400 /,
    ],
    ['a broken escape', get('/b/%e0%a4%a'), /^HTTP\/1.1 400 /],
    ['a broken escape in the query', get('/b?prefix=%'), /^HTTP\/1.1 400 /],
    ['a preface that is not one', 'PRI * HTTP/9\r\n\r\n', /^/],
  ]
  it.each(refused)('survives %s', async (_what, bytes, answer) => {
    const received = await exchange(bytes, /\r\n\r\n/)
    expect(received).toMatch(answer)
    expect((await fetch(`${cloud.url}/_localstack/health`)).status).toBe(200)
  })
})
