import { once } from 'node:events'
import { request as ask, createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import type { Lab } from '../../../../src/course/lab.ts'

/** An answer that the cloud never gave: AWS's code and status, in the words of the service that is asked. */
export interface Refusal {
  readonly method: string
  /** What the path with its query must match. */
  readonly path: RegExp
  readonly status: number
  readonly code: string
}

/** How a proxy differs from the cloud behind it. */
export interface ProxyOptions {
  readonly refusals?: readonly Refusal[]
  /** How many times somebody must ask before a change of a function is over. Default 0: the cloud's own pace. */
  readonly pollsOfAChange?: number
}

/** A server of the grader's between the student's program and the cloud. */
export interface LambdaProxy {
  /** e.g. `http://127.0.0.1:41873` */
  readonly endpoint: string
  /** Requests seen, e.g. `PUT /2015-03-31/functions/f/code`. */
  readonly calls: readonly string[]
  /** Whether nobody has seen the end of the last change. */
  isChanging(): boolean
}

/** Runs a proxy while `use` lasts. */
export async function withProxy<Result>(
  { connection }: Lab,
  options: ProxyOptions,
  use: (proxy: LambdaProxy) => Promise<Result>,
): Promise<Result> {
  const { endpoint: cloud } = connection
  if (cloud === undefined) throw new Error('this target has no endpoint to stand before')
  const exchange = createExchange(new URL(cloud), options)
  const server = createServer((request, response) => {
    exchange.answer(request, response).catch(() => response.destroy())
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  try {
    const { port } = server.address() as AddressInfo
    return await use({ endpoint: `http://127.0.0.1:${port}`, ...exchange })
  } finally {
    server.closeAllConnections()
    server.close()
  }
}

/** A function's own path, what is asked of it, and whether that changes it. */
const functionPath = /^\/2015-03-31\/functions\/[^/?]+(?:\/(?<part>code|configuration|versions))?(?:\?|$)/

function createExchange(cloud: URL, { refusals = [], pollsOfAChange = 0 }: ProxyOptions) {
  const calls: string[] = []
  let pollsLeft = 0
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { method = 'GET', url = '/' } = request
    const body = await buffer(request)
    calls.push(`${method} ${url}`)
    const refusal = refusals.find(each => each.method === method && each.path.test(url))
    if (refusal !== undefined) return sendRefusal(response, url, refusal)
    const part = functionPath.exec(url)
    const isChange = part !== null && (method === 'PUT' || part.groups?.part === 'versions')
    const isPoll = part !== null && method === 'GET'
    if (isChange && pollsLeft > 0) return sendRefusal(response, url, stillChanging)
    const { statusCode = 502, headers, content } = await forward(cloud, request, body)
    const isGood = statusCode < 300
    if (isChange && isGood) pollsLeft = pollsOfAChange
    const isUnderWay = isGood && (isChange || isPoll) && pollsLeft > 0
    if (isPoll && isUnderWay) pollsLeft--
    const shown = isUnderWay ? asChanging(content) : content
    response.writeHead(statusCode, { ...withoutLength(headers), 'content-length': shown.length }).end(shown)
  }
  return { answer, calls, isChanging: () => pollsLeft > 0 }
}

const stillChanging = {
  status: 409,
  code: 'ResourceConflictException',
  message:
    'The operation cannot be performed at this time. An update is in progress for resource: the function of this request',
}

function sendRefusal(
  response: ServerResponse,
  url: string,
  {
    status,
    code,
    message = code,
  }: { readonly status: number; readonly code: string; readonly message?: string },
): void {
  const isLambda = url.startsWith('/20')
  const body = isLambda
    ? JSON.stringify({ Type: 'User', Message: message })
    : `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>${message}</Message></Error>`
  const type = isLambda ? 'application/json' : 'application/xml'
  response.writeHead(status, { 'content-type': type, 'x-amzn-errortype': code }).end(body)
}

/** A function's configuration, alone or in an answer of GetFunction, as it is while a change is under way. */
function asChanging(content: Buffer): Buffer {
  const answer: Record<string, unknown> = JSON.parse(content.toString('utf8'))
  const status = { LastUpdateStatus: 'InProgress' }
  const { Configuration } = answer
  const changed =
    typeof Configuration === 'object'
      ? { ...answer, Configuration: { ...Configuration, ...status } }
      : { ...answer, ...status }
  return Buffer.from(JSON.stringify(changed))
}

async function forward(
  cloud: URL,
  { method, url, headers }: IncomingMessage,
  body: Buffer,
): Promise<{
  readonly statusCode: number | undefined
  readonly headers: IncomingMessage['headers']
  readonly content: Buffer
}> {
  const { hostname, port } = cloud
  const forwarded = ask({ hostname, port, method, path: url, headers: { ...headers, host: cloud.host } })
  forwarded.end(body)
  const [answer]: IncomingMessage[] = await once(forwarded, 'response')
  if (answer === undefined) throw new Error('the cloud gave no answer')
  return { statusCode: answer.statusCode, headers: answer.headers, content: await buffer(answer) }
}

/** The content is sent whole, with its own length. */
function withoutLength(headers: IncomingMessage['headers']): IncomingMessage['headers'] {
  const {
    'content-length': _length,
    'transfer-encoding': _encoding,
    connection: _connection,
    ...rest
  } = headers
  return rest
}
