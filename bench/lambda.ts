import { fileURLToPath } from 'node:url'
import { buildSync } from 'esbuild'
import { zipSync } from 'fflate'
import { type Answer, type Connection, openConnection, requestBytes, sendLoad } from './load.ts'
import type { Figure } from './measurements.ts'
import type { RunningServer } from './servers.ts'

const connections = 16
const account = '000000000000'
const functionArn = (name: string): string => `arn:aws:lambda:us-east-1:${account}:function:${name}`

/** What a handler costs by itself: nothing. */
const trivial = 'exports.handler = async event => ({ ok: true, n: event.n ?? 0 })\n'

/** Copies the object of an S3 event to processed/, by plain HTTP: the path through the cloud is what is measured. */
const copier = `
const http = require('node:http')
const { hostname, port } = new URL(process.env.AWS_ENDPOINT_URL)
const agent = new http.Agent({ keepAlive: true })
const call = (method, path, body) => new Promise((resolve, reject) => {
  const headers = { authorization: 'AWS4-HMAC-SHA256 Credential=test/20261123/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=0', 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD', 'content-length': body ? body.length : 0 }
  const request = http.request({ agent, hostname, port, method, path, headers }, response => {
    const pieces = []
    response.on('data', piece => pieces.push(piece))
    response.on('end', () => response.statusCode < 300 ? resolve(Buffer.concat(pieces)) : reject(new Error(method + ' ' + path + ': ' + response.statusCode)))
  })
  request.on('error', reject)
  request.end(body)
})
exports.handler = async event => {
  for (const { s3 } of event.Records) {
    const path = '/' + s3.bucket.name + '/'
    const bytes = await call('GET', path + s3.object.key)
    await call('PUT', path + s3.object.key.replace('raw/', 'processed/'), bytes)
  }
}
`

/** A handler that brings the S3 client along, as a bundler packs it. */
function withS3Client(): string {
  const { outputFiles } = buildSync({
    stdin: {
      contents:
        "import { S3Client } from '@aws-sdk/client-s3'\nconst s3 = new S3Client({})\nexport const handler = async () => typeof s3.send\n",
      resolveDir: fileURLToPath(new URL('..', import.meta.url)),
    },
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    write: false,
  })
  return outputFiles[0]?.text ?? ''
}

/** Lambda: how fast functions come up, answer one by one and many at once, and react to uploads. */
export async function measureLambda(server: RunningServer): Promise<Figure[]> {
  const connection = openConnection(server.port)
  try {
    const creations = await measureCreation(connection)
    const colds = await measureColdStarts(connection)
    const warm = await measureWarm(connection)
    const together = await measureTogether(server, connection)
    return [...creations, ...colds, ...warm, ...together, ...(await measureUploads(server, connection))]
  } finally {
    connection.close()
  }
}

async function measureCreation(connection: Connection): Promise<Figure[]> {
  const times: number[] = []
  for (let round = 0; round < 5; round++) {
    const startedAt = performance.now()
    await createFunction(connection, `crear-${round}`, trivial)
    times.push(performance.now() - startedAt)
  }
  return [inMilliseconds('create → Active', median(times))]
}

async function measureColdStarts(connection: Connection): Promise<Figure[]> {
  const coldStart = async (name: string, source: string): Promise<number> => {
    const times: number[] = []
    for (let round = 0; round < 5; round++) {
      await createFunction(connection, `${name}-${round}`, source)
      const startedAt = performance.now()
      await invoke(connection, `${name}-${round}`)
      times.push(performance.now() - startedAt)
    }
    return median(times)
  }
  return [
    inMilliseconds('cold', await coldStart('fria', trivial)),
    inMilliseconds('cold, S3 client', await coldStart('fria-s3', withS3Client())),
  ]
}

async function measureWarm(connection: Connection): Promise<Figure[]> {
  const times: number[] = []
  for (let round = 0; round < 300; round++) {
    const startedAt = performance.now()
    await invoke(connection, 'crear-0')
    if (round >= 50) times.push(performance.now() - startedAt)
  }
  return [inMilliseconds('warm', median(times))]
}

async function measureTogether({ port, name }: RunningServer, connection: Connection): Promise<Figure[]> {
  const make = (): Buffer => invocation('crear-0')
  const count = name === 'taller-nube' ? 6000 : 600
  await sendLoad(port, connections, { count: count / 2, make })
  const { requests, seconds } = await sendLoad(port, connections, { count, make })
  await invoke(connection, 'crear-0')
  return [{ name: 'warm × 16', value: requests / seconds, unit: '/s', isRate: true }]
}

async function measureUploads({ port }: RunningServer, connection: Connection): Promise<Figure[]> {
  await connectBucket(connection)
  const upload = async (key: string): Promise<number> => {
    const startedAt = performance.now()
    await succeed(connection, requestBytes('PUT', `/subidas/raw/${key}`, Buffer.from('a,b\n1,2\n')))
    await until(
      () => connection.send(requestBytes('GET', `/subidas/processed/${key}`)),
      answer => answer.status === 200,
    )
    return performance.now() - startedAt
  }
  const cold = await upload('primera.csv')
  const times: number[] = []
  for (let round = 0; round < 30; round++) times.push(await upload(`una-${round}.csv`))
  return [
    inMilliseconds('S3 → λ → S3, cold', cold),
    inMilliseconds('S3 → λ → S3, warm', median(times)),
    await measureFlood(port, connection),
  ]
}

/** 200 uploads at once, until all 200 copies are there. */
async function measureFlood(port: number, connection: Connection): Promise<Figure> {
  const count = 200
  const startedAt = performance.now()
  await sendLoad(port, connections, {
    count,
    make: index => requestBytes('PUT', `/subidas/raw/muchas/${index}.csv`, Buffer.from('a,b\n1,2\n')),
  })
  await until(
    () => connection.send(requestBytes('GET', '/subidas?list-type=2&prefix=processed/muchas/')),
    answer => (answer.text.match(/<Key>/g) ?? []).length === count,
  )
  return {
    name: '200 uploads at once',
    value: (performance.now() - startedAt) / 1000,
    unit: 's',
    isRate: false,
  }
}

async function connectBucket(connection: Connection): Promise<void> {
  await createFunction(connection, 'copiar', copier)
  await succeed(connection, requestBytes('PUT', '/subidas'))
  const permission = {
    StatementId: 's3',
    Action: 'lambda:InvokeFunction',
    Principal: 's3.amazonaws.com',
    SourceArn: 'arn:aws:s3:::subidas',
    SourceAccount: account,
  }
  await succeed(connection, jsonRequest('POST', '/2015-03-31/functions/copiar/policy', permission))
  const configuration = `<NotificationConfiguration xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><CloudFunctionConfiguration><CloudFunction>${functionArn('copiar')}</CloudFunction><Event>s3:ObjectCreated:*</Event><Filter><S3Key><FilterRule><Name>prefix</Name><Value>raw/</Value></FilterRule></S3Key></Filter></CloudFunctionConfiguration></NotificationConfiguration>`
  await succeed(connection, requestBytes('PUT', '/subidas?notification', Buffer.from(configuration)))
}

async function createFunction(connection: Connection, name: string, source: string): Promise<void> {
  const zip = zipSync({ 'index.js': [Buffer.from(source), { mtime: new Date(1980, 0, 1) }] })
  const input = {
    FunctionName: name,
    Runtime: 'nodejs20.x',
    Handler: 'index.handler',
    Role: `arn:aws:iam::${account}:role/lambda-role`,
    Timeout: 30,
    MemorySize: 256,
    Code: { ZipFile: Buffer.from(zip).toString('base64') },
  }
  await succeed(connection, jsonRequest('POST', '/2015-03-31/functions', input))
  await until(
    () => connection.send(jsonRequest('GET', `/2015-03-31/functions/${name}/configuration`)),
    answer => /"State":\s*"Active"/.test(answer.text),
  )
}

async function invoke(connection: Connection, name: string): Promise<void> {
  await succeed(connection, invocation(name))
}

function invocation(name: string): Buffer {
  return jsonRequest('POST', `/2015-03-31/functions/${name}/invocations`, { n: 1 })
}

function jsonRequest(method: string, path: string, input?: unknown): Buffer {
  const body = input === undefined ? undefined : Buffer.from(JSON.stringify(input))
  return requestBytes(method, path, body, 'lambda')
}

async function succeed(connection: Connection, request: Buffer): Promise<void> {
  const { status, text } = await connection.send(request)
  if (status >= 300) throw new Error(`the server answered ${status}: ${text.slice(0, 300)}`)
}

/** Asks again until the answer is there: each question takes its time, so nothing else is waited for. */
async function until(ask: () => Promise<Answer>, isThere: (answer: Answer) => boolean): Promise<void> {
  const deadline = performance.now() + 60_000
  while (!isThere(await ask())) {
    if (performance.now() > deadline) throw new Error('what was waited for did not come within a minute')
  }
}

function inMilliseconds(name: string, value: number): Figure {
  return { name, value, unit: 'ms', isRate: false }
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
}
