import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { readdirSync, statSync, unlinkSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CreateFunctionCommand } from '@aws-sdk/client-lambda'
import {
  CopyObjectCommand,
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  ListPartsCommand,
  PutObjectCommand,
  UploadPartCommand,
  UploadPartCopyCommand,
} from '@aws-sdk/client-s3'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { type LocalCloud, startLocalCloud } from '../../src/local-cloud.ts'
import { type Clients, clientsOf } from '../local-cloud/remembering/clients.ts'
import { makeZip } from '../services/lambda/code/zips.ts'
import { createFaultyDisk, type DiskStep } from './faulty-disk.ts'

const mebibyte = 1024 * 1024
const Bucket = 'estrecho'
const faulty = createFaultyDisk()
const bugs: unknown[] = []
let cloud: LocalCloud
let clients: Clients

beforeAll(async () => {
  cloud = await startLocalCloud({ port: 0, disk: faulty.disk, onBug: error => bugs.push(error) })
  clients = clientsOf(cloud.url)
  await clients.s3.send(new CreateBucketCommand({ Bucket }))
  await clients.s3.send(new PutObjectCommand({ Bucket, Key: 'origen', Body: randomBytes(2 * mebibyte) }))
})
afterEach(() => {
  faulty.mend()
  expect(bugs.splice(0)).toEqual([])
})
afterAll(async () => {
  clients.close()
  await cloud.close()
})

/** Every file that this process's clouds keep bodies in. */
function bodyFiles(): string[] {
  const folders = readdirSync(tmpdir()).filter(name => name.startsWith(`taller-nube-${process.pid}-`))
  return folders.flatMap(folder =>
    readdirSync(join(tmpdir(), folder))
      .filter(name => name.endsWith('.blob'))
      .map(name => join(tmpdir(), folder, name)),
  )
}

describe('a disk that fails while a body is received', () => {
  const failures: [DiskStep, string, RegExp][] = [
    ['open', 'ENOSPC', /no room is left on the disk of .*taller-nube-.* \(ENOSPC\)/],
    ['open', 'EMFILE', /too many files are open .*\(EMFILE\)/],
    ['write', 'ENOSPC', /no room is left on the disk of .*taller-nube-.* \(ENOSPC\)/],
    ['write', 'EDQUOT', /the disk quota is used up in .*\(EDQUOT\)/],
    ['write', 'EFBIG', /a file would be larger than it may be in .*\(EFBIG\)/],
    ['write', 'EIO', /the disk failed in .*\(EIO\)/],
    ['close', 'EIO', /the disk failed in .*\(EIO\)/],
    ['write', 'ENXIO', /the disk refuses to work in .*\(ENXIO\)/],
  ]
  it.each(failures)('at %s with %s: 503 in XML that names the cause, and nothing is left', async (...row) => {
    const [step, code, message] = row
    const before = bodyFiles()
    faulty.break(step, code)
    const answer = await fetch(`${cloud.url}/${Bucket}/k`, { method: 'PUT', body: randomBytes(2 * mebibyte) })
    const xml = await answer.text()
    expect([answer.status, answer.headers.get('content-type')]).toEqual([503, 'application/xml'])
    expect(xml).toContain('<Code>ServiceUnavailable</Code>')
    expect(/<Message>(.*)<\/Message>/.exec(xml)?.[1]).toMatch(message)
    expect(before).toEqual(expect.arrayContaining(bodyFiles()))
    expect((await fetch(`${cloud.url}/${Bucket}/k`)).status).toBe(404)
    faulty.mend()
    const body = randomBytes(2 * mebibyte)
    expect((await fetch(`${cloud.url}/${Bucket}/k`, { method: 'PUT', body })).status).toBe(200)
    expect(Buffer.from(await (await fetch(`${cloud.url}/${Bucket}/k`)).arrayBuffer()).equals(body)).toBe(true)
    await fetch(`${cloud.url}/${Bucket}/k`, { method: 'DELETE' })
  })

  it('leaves the connection to the next request, when 30 MB were on their way', async () => {
    faulty.break('write', 'ENOSPC')
    const socket = connect(cloud.port, '127.0.0.1')
    let received = ''
    socket.setEncoding('latin1').on('data', text => {
      received += text
      if (received.includes('<LocationConstraint')) socket.destroy()
    })
    socket.write(`PUT /${Bucket}/k HTTP/1.1\r\nhost: localhost\r\ncontent-length: ${30 * mebibyte}\r\n\r\n`)
    socket.write(Buffer.alloc(30 * mebibyte, 'a'))
    socket.write(`GET /${Bucket}?location HTTP/1.1\r\nhost: localhost\r\n\r\n`)
    await once(socket, 'close')
    expect(received.match(/HTTP\/1.1 \d+/g)).toEqual(['HTTP/1.1 503', 'HTTP/1.1 200'])
  })

  it('is told to every client of the SDK as S3 tells it, for parts and copies too', async () => {
    const { s3 } = clients
    const { UploadId } = await s3.send(new CreateMultipartUploadCommand({ Bucket, Key: 'partes' }))
    const part = { Bucket, Key: 'partes', UploadId, PartNumber: 1 }
    const CopySource = `${Bucket}/origen`
    const Body = randomBytes(2 * mebibyte)
    const SSECustomerKey = randomBytes(32).toString('base64')
    faulty.break('write', 'ENOSPC')
    const full = { name: 'ServiceUnavailable', $fault: 'server', message: expect.stringMatching(/ENOSPC/) }
    const before = bodyFiles()
    await expect(s3.send(new PutObjectCommand({ Bucket, Key: 'k', Body }))).rejects.toMatchObject(full)
    await expect(
      s3.send(
        new PutObjectCommand({ Bucket, Key: 'k', Body, SSECustomerAlgorithm: 'AES256', SSECustomerKey }),
      ),
    ).rejects.toMatchObject(full)
    await expect(s3.send(new UploadPartCommand({ ...part, Body }))).rejects.toMatchObject(full)
    await expect(s3.send(new UploadPartCopyCommand({ ...part, CopySource }))).rejects.toMatchObject(full)
    await expect(s3.send(new CopyObjectCommand({ Bucket, Key: 'k', CopySource }))).rejects.toMatchObject(full)
    expect(before).toEqual(expect.arrayContaining(bodyFiles()))
    expect((await s3.send(new ListPartsCommand(part))).Parts ?? []).toEqual([])
    expect((await s3.send(new ListObjectsV2Command({ Bucket, Prefix: 'k' }))).KeyCount).toBe(0)
  })

  it("is told to a browser that posts a form, and the form's rest is received", async () => {
    faulty.break('write', 'ENOSPC')
    const form = new FormData()
    form.set('key', 'formulario')
    form.set('file', new File([randomBytes(2 * mebibyte)], 'datos.bin'))
    const answer = await fetch(`${cloud.url}/${Bucket}`, { method: 'POST', body: form })
    expect([answer.status, await answer.text()]).toEqual([503, expect.stringContaining('ENOSPC')])
  })

  it('is told by Lambda in its own words', async () => {
    const ZipFile = makeZip({
      'index.mjs': 'export const handler = async () => 1',
      'datos.txt': randomBytes(2 * mebibyte).toString('base64'),
    })
    faulty.break('write', 'ENOSPC')
    const creation = new CreateFunctionCommand({
      FunctionName: 'grande',
      Runtime: 'nodejs20.x',
      Role: 'arn:aws:iam::000000000000:role/r',
      Handler: 'index.handler',
      Code: { ZipFile },
    })
    await expect(clients.lambda.send(creation)).rejects.toMatchObject({
      name: 'ServiceException',
      message: expect.stringMatching(/no room is left .*ENOSPC/),
      $metadata: { httpStatusCode: 500 },
    })
    faulty.mend()
    expect((await clients.lambda.send(creation)).FunctionName).toBe('grande')
  })
})

describe('a disk that fills up', () => {
  it('takes bodies until it is full, and again when something was deleted; what it has stays as it was', async () => {
    const { s3 } = clients
    faulty.limit(bodyFiles().reduce((sum, path) => sum + statSync(path).size, 0) + 5 * mebibyte)
    const stored = new Map<string, Buffer>()
    const Body = () => randomBytes(1.5 * mebibyte)
    let failure: unknown
    while (failure === undefined) {
      const [Key, body] = [`lleno/${stored.size}`, Body()]
      await s3.send(new PutObjectCommand({ Bucket, Key, Body: body })).then(
        () => stored.set(Key, body),
        error => {
          failure = error
        },
      )
      expect(stored.size).toBeLessThan(7)
    }
    expect(failure).toMatchObject({ name: 'ServiceUnavailable', message: expect.stringMatching(/ENOSPC/) })
    expect(stored.size).toBeGreaterThan(2)
    for (const [Key, body] of stored) {
      const { Body: read } = await s3.send(new GetObjectCommand({ Bucket, Key }))
      expect(Buffer.from((await read?.transformToByteArray()) ?? []).equals(body)).toBe(true)
    }
    await s3.send(new DeleteObjectCommand({ Bucket, Key: 'lleno/0' }))
    await s3.send(new PutObjectCommand({ Bucket, Key: 'lleno/otra-vez', Body: Body() }))
    for (const Key of [...stored.keys(), 'lleno/otra-vez'])
      await s3.send(new DeleteObjectCommand({ Bucket, Key }))
  })
})

describe('a stored body that cannot be read', () => {
  const url = () => `${cloud.url}/${Bucket}/leido`
  const newest = async (): Promise<string> => {
    const before = new Set(bodyFiles())
    await fetch(url(), { method: 'PUT', body: randomBytes(3 * mebibyte) })
    const path = bodyFiles().find(file => !before.has(file))
    if (path === undefined) throw new Error('a body of 3 MB is kept in a file')
    return path
  }
  const isChanged = (how: RegExp) => [expect.objectContaining({ message: expect.stringMatching(how) })]

  it('gives 503 when it is the machine that does not let it, and says why', async () => {
    await newest()
    faulty.break('open', 'EMFILE')
    const answer = await fetch(url())
    expect([answer.status, await answer.text()]).toEqual([503, expect.stringContaining('EMFILE')])
  })

  it('gives 500 and is reported when somebody emptied its file, or cut it', async () => {
    const path = await newest()
    for (const rest of [0, 2_000_000]) {
      writeFileSync(path, Buffer.alloc(rest))
      const answer = await fetch(url())
      expect([answer.status, await answer.text()]).toEqual([
        500,
        expect.stringContaining('<Code>InternalError</Code>'),
      ])
      expect(bugs.splice(0)).toEqual(isChanged(/somebody changed a stored body: .* bytes instead of 3145728/))
    }
  })

  it('gives 500 and is reported when somebody deleted its file, to copies and ranges too', async () => {
    const path = await newest()
    unlinkSync(path)
    const copy = { 'x-amz-copy-source': `/${Bucket}/leido` }
    const requests: [string, RequestInit][] = [
      [url(), {}],
      [url(), { headers: { range: 'bytes=5-9' } }],
      [`${cloud.url}/${Bucket}/copia`, { method: 'PUT', headers: copy }],
    ]
    for (const [target, init] of requests) {
      expect((await fetch(target, init)).status).toBe(500)
      expect(bugs.splice(0)).toEqual(isChanged(/is gone/))
    }
    expect((await fetch(url(), { method: 'HEAD' })).status).toBe(200)
  })
})
