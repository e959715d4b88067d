import type { StreamedBody } from '../../../wire/body.ts'
import type { WireResponse } from '../../../wire/http.ts'

/** What a function says of the HTTP answer. */
export interface AnswerHead {
  readonly status: number
  readonly headers: Record<string, string>
  readonly cookies: readonly string[]
}

/** Content type of answers for which the function says none. */
const defaultType = 'application/json'

/**
 * Turns a function's result into an HTTP answer: one with a `statusCode` says all itself, any other is the body.
 * https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html#urls-response-payload
 */
export function readAnswer(payload: Uint8Array): WireResponse {
  const text = Buffer.from(payload.buffer, payload.byteOffset, payload.byteLength).toString('utf8')
  const result = parse(text)
  if (!isRecord(result) || !('statusCode' in result)) {
    const body = typeof result === 'string' ? result : text
    return { status: 200, headers: { 'content-type': defaultType }, body }
  }
  const head = readHead(result, defaultType)
  if (!head) return failed()
  return withHead(head, readBody(result))
}

/** The head of a streamed answer, as the function wrote it before the body. */
export function readStreamHead(metadata: string): AnswerHead | undefined {
  const value = parse(metadata)
  return isRecord(value) ? readHead({ statusCode: 200, ...value }, 'application/octet-stream') : undefined
}

/** An answer with a head and a body. */
export function withHead(
  { status, headers, cookies }: AnswerHead,
  body: string | Uint8Array | StreamedBody | undefined,
): WireResponse {
  return { status, headers, ...(cookies.length > 0 && { cookies }), ...(body !== undefined && { body }) }
}

/** What callers see of a function that failed, or whose result makes no answer. */
export function failed(): WireResponse {
  return { status: 502, headers: { 'content-type': defaultType }, body: 'Internal Server Error' }
}

/** Headers that a function cannot set: they belong to the connection. */
const connectionHeaders = [
  'connection',
  'content-length',
  'keep-alive',
  'transfer-encoding',
  'upgrade',
  'set-cookie',
]

function readHead(result: Readonly<Record<string, unknown>>, type: string): AnswerHead | undefined {
  const status = Number(result.statusCode)
  if (!Number.isInteger(status) || status < 200 || status > 599) return undefined
  const headers: Record<string, string> = { 'content-type': type }
  const cookies = Array.isArray(result.cookies) ? result.cookies.map(String).filter(isHeaderValue) : []
  for (const [name, value] of Object.entries(isRecord(result.headers) ? result.headers : {})) {
    const lower = name.toLowerCase()
    const text = String(value)
    if (!/^[\w!#$%&'*+.^`|~-]+$/.test(lower) || !isHeaderValue(text)) return undefined
    if (lower === 'set-cookie') cookies.push(text)
    if (!connectionHeaders.includes(lower)) headers[lower] = text
  }
  return { status, headers, cookies }
}

function readBody({ body, isBase64Encoded }: Readonly<Record<string, unknown>>): string | Buffer | undefined {
  if (body === undefined || body === null) return undefined
  if (typeof body !== 'string') return JSON.stringify(body)
  return isBase64Encoded === true ? Buffer.from(body, 'base64') : body
}

/** Whether HTTP can carry a header's value. */
function isHeaderValue(text: string): boolean {
  return /^[\t\x20-\x7e\x80-\xff]*$/.test(text)
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // A runtime of the function's own may answer what is no JSON: then it is the body.
    return text
  }
}
