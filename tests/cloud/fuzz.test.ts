import { once } from 'node:events'
import { connect } from 'node:net'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { createRandom, type Random } from '../../src/core/random.ts'
import { type LocalCloud, startLocalCloud } from '../../src/local-cloud.ts'

let cloud: LocalCloud
const bugs: string[] = []

beforeAll(async () => {
  cloud = await startLocalCloud({
    port: 0,
    onBug: (error, request) => bugs.push(`${request}: ${error instanceof Error ? error.stack : error}`),
  })
})

beforeEach(async () => {
  await fetch(`${cloud.url}/fuzz`, { method: 'PUT' })
  await fetch(`${cloud.url}/fuzz/k`, { method: 'PUT', body: 'hola' })
})
afterAll(() => cloud.close())

const methods = ['GET', 'PUT', 'POST', 'DELETE', 'HEAD', 'OPTIONS', 'PATCH', 'BREW']
const subresources = [
  '',
  '?acl',
  '?tagging',
  '?versioning',
  '?lifecycle',
  '?uploads',
  '?versions',
  '?delete',
  '?list-type=2',
  '?uploadId=x&partNumber=1',
  '?partNumber=-1',
  '?max-keys=zz',
  '?versionId=%00',
  '?list-type=2&max-keys=99999999999999999999',
  '?encoding-type=nada',
  '?continuation-token=%ff',
  '?X-Amz-Credential=a/b',
  '?Action=GetCallerIdentity&Version=2011-06-15',
  '?response-expires=x',
  '?attributes',
  '?restore',
  '?marker=%F0%9F',
]
const paths = [
  '/',
  '/fuzz',
  '/fuzz/',
  '/fuzz/k',
  '/fuzz/..%2f..%2fetc',
  '/FUZZ/x',
  '/fuzz/%ed%a0%80',
  '/a',
  `/${'b'.repeat(300)}`,
  `/fuzz/${'k'.repeat(1500)}`,
  '/fuzz/%00',
  '//',
  '/%2e%2e/%2e%2e',
  '/_taller/clock',
  '/_taller/',
  '/_localstack/health',
  '/_localstack/nada',
  '/2015-03-31/functions',
]
const headerLines = [
  'range: bytes=5-2',
  'range: bytes=-0',
  'range: bytes=0-0,2-3',
  'if-match: "',
  'if-none-match: *',
  'if-modified-since: mañana',
  'x-amz-copy-source: /',
  'x-amz-copy-source: fuzz/k?versionId=',
  'x-amz-copy-source: %zz',
  'x-amz-checksum-crc32: AAAA',
  'x-amz-checksum-sha256: zz',
  'x-amz-sdk-checksum-algorithm: NADA',
  'x-amz-trailer: x-amz-checksum-crc32',
  'content-md5: x',
  'x-amz-tagging: a=b=c&&',
  'x-amz-meta-\u00f1: \u00f1',
  'content-encoding: aws-chunked',
  'x-amz-content-sha256: STREAMING-UNSIGNED-PAYLOAD-TRAILER',
  'x-amz-decoded-content-length: 9',
  'x-amz-decoded-content-length: -4',
  'authorization: AWS4-HMAC-SHA256 Credential=',
  'authorization: Bearer x',
  'authorization: AWS a:b',
  'authorization: AWS4-HMAC-SHA256 Credential=x/20261123/us-east-1/lambda/aws4_request',
  'x-amz-target: Kinesis_20131202.PutRecord',
  'x-amz-target: nada',
  'expect: 100-continue',
  'expect: otra',
  'transfer-encoding: chunked',
  'content-type: application/x-www-form-urlencoded',
  'x-amz-metadata-directive: NADA',
  'x-amz-storage-class: NADA',
  'x-amz-acl: nada',
  'x-amz-object-attributes: ETag,Nada',
  'x-amz-bypass-governance-retention: quizá',
  'host: ',
  'content-length: 5',
  'content-length: 99999999999',
]
const bodies = [
  '',
  'hola',
  '<',
  '<a>',
  '<Delete><Object><Key>k</Key></Object></Delete>',
  '<Delete><Object><Key/></Object></Delete>',
  '<!DOCTYPE x [<!ENTITY a "b"><!ENTITY c "&a;&a;">]><Tagging>&c;</Tagging>',
  '<Tagging><TagSet><Tag><Key>a</Key></Tag></TagSet></Tagging>',
  '<CompleteMultipartUpload><Part><PartNumber>x</PartNumber></Part></CompleteMultipartUpload>',
  '<LifecycleConfiguration><Rule><Expiration><Days>-1</Days></Expiration></Rule></LifecycleConfiguration>',
  `${'<a>'.repeat(20_000)}`,
  '{"a":',
  '[]',
  'Action=AssumeRole&Version=2011-06-15&DurationSeconds=x',
  'Action=AssumeRole&Version=2011-06-15&Tags.member.x.Key=1&Tags.member.0.Key=',
  '4\r\nhola\r\n0\r\n\r\n',
  '4\r\nhola\r\n0\r\nx-amz-checksum-crc32:AAAAAA==\r\n\r\n',
  'ffffffff\r\nx',
  '0\r\n\r\n',
  '\u0000\u0001\u0002',
  '<?xml version="1.0" encoding="UTF-16"?><a/>',
  '<VersioningConfiguration><Status>Quizá</Status></VersioningConfiguration>',
]

/** One request out of the pieces above, now and then with bytes flipped or cut off. */
function fuzzRequest(random: Random): Buffer {
  const body = Buffer.from(random.pick(bodies))
  const headers = Array.from({ length: random.integer(0, 4) }, () => random.pick(headerLines))
  const hasLength = headers.some(line => /^(content-length|transfer-encoding)/.test(line))
  const lines = [
    `${random.pick(methods)} ${random.pick(paths)}${random.pick(subresources)} HTTP/1.1`,
    'host: localhost',
    'connection: close',
    ...headers,
    ...(hasLength ? [] : [`content-length: ${body.length}`]),
  ]
  const bytes = Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`), body])
  if (random.next() < 0.1) bytes[random.integer(0, bytes.length - 1)] = random.integer(0, 255)
  return random.next() < 0.1 ? bytes.subarray(0, random.integer(0, bytes.length)) : bytes
}

/** Sends bytes, says no more, and waits until the server is done with the connection. */
async function send(bytes: Buffer): Promise<string> {
  const socket = connect({ port: cloud.port, host: '127.0.0.1', allowHalfOpen: true })
  let received = ''
  socket.setEncoding('latin1').on('data', text => {
    received += text
  })
  // A reset is one of the answers that noise may get.
  socket.on('error', () => socket.destroy())
  socket.end(bytes)
  await once(socket, 'close')
  return received
}

it('answers 6,000 requests of noise without an exception, and is healthy after', async () => {
  const random = createRandom(20261123)
  const statuses = new Map<string, number>()
  for (let round = 0; round < 120; round++) {
    const answers = await Promise.all(Array.from({ length: 50 }, () => send(fuzzRequest(random))))
    for (const answer of answers) {
      const status = /^HTTP\/1.1 (\d+)/.exec(answer)?.[1] ?? 'closed'
      statuses.set(status, (statuses.get(status) ?? 0) + 1)
    }
  }
  expect(bugs.slice(0, 5)).toEqual([])
  expect(statuses.get('500')).toBeUndefined()
  expect(statuses.get('200')).toBeGreaterThan(50)
  expect(statuses.get('400')).toBeGreaterThan(500)
  await fetch(`${cloud.url}/despues`, { method: 'PUT' })
  expect((await fetch(`${cloud.url}/despues/k`, { method: 'PUT', body: 'sigue bien' })).status).toBe(200)
  expect(await (await fetch(`${cloud.url}/despues/k`)).text()).toBe('sigue bien')
  expect(await (await fetch(`${cloud.url}/_localstack/health`)).json()).toMatchObject({
    services: { s3: 'running' },
  })
}, 120_000)

it('serves others while a hundred slow clients dribble, and forgets them when they go', async () => {
  const slow = Array.from({ length: 100 }, (_each, index) => {
    const socket = connect({ port: cloud.port, host: '127.0.0.1' })
    socket.on('error', () => socket.destroy())
    socket.write(
      index % 2 === 0
        ? 'GET /fuzz HTTP/1.1\r\nhost: loc'
        : 'PUT /fuzz/lento HTTP/1.1\r\nhost: localhost\r\ncontent-length: 1000\r\n\r\nabc',
    )
    return socket
  })
  await Promise.all(slow.map(socket => once(socket, 'connect')))
  expect((await fetch(`${cloud.url}/fuzz/k`)).status).toBe(200)
  const closed = slow.map(socket => once(socket, 'close'))
  for (const socket of slow) socket.destroy()
  await Promise.all(closed)
  expect((await fetch(`${cloud.url}/fuzz/lento`)).status).toBe(404)
  expect(bugs).toEqual([])
})
