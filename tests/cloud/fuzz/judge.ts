import { SaxesParser } from 'saxes'
import { documentedS3Statuses, modelledStatuses, type ServiceId, sdks } from './error-statuses.ts'
import type { RawAnswer } from './raw-exchange.ts'

/** An error in the shape of a protocol. */
interface ToldError {
  readonly code: string
  readonly shape: 's3' | 'query' | 'json'
}

const shapes: Readonly<Record<ServiceId, ToldError['shape']>> = {
  s3: 's3',
  sts: 'query',
  iam: 'query',
  lambda: 'json',
  logs: 'json',
}

/** What function URLs answer in the place of their function, which Lambda's model does not tell of. */
const refusalsOfUrls: Readonly<Record<string, number>> = { AccessDeniedException: 403 }

/** Statuses that HTTP itself answers with, before a service is known. */
const statusesOfHttp: ReadonlySet<number> = new Set([400, 408, 411, 413, 414, 417, 431, 501])

/**
 * Says what is wrong with an answer, or nothing: a status that no client is told (500), an error that has not its
 * protocol's shape, or whose status is not its code's.
 * @param service the one that must have answered, where the sender knows
 */
export function faultOf(answer: RawAnswer, service?: ServiceId): string | undefined {
  const { status, headers, body } = answer
  if (status === 500 || status === 502 || status === 503 || status === 504) return `status ${status}`
  if (status < 300 || status === 304) return faultOfSuccess(answer)
  if (body.length === 0) return undefined
  // Websites' pages and functions' own answers are theirs to shape.
  if (headers['content-type']?.startsWith('text/html')) return undefined
  if (headers['x-amz-request-id'] === undefined && headers['x-amzn-requestid'] === undefined)
    return statusesOfHttp.has(status) ? undefined : 'an error without a request id'
  try {
    return faultOfError(readError(answer), status, service)
  } catch (cause) {
    return `an error that cannot be read: ${(cause as Error).message}`
  }
}

function faultOfSuccess({ headers, body }: RawAnswer): string | undefined {
  // An object may say of itself what it likes.
  if (headers.etag !== undefined || body.length === 0) return undefined
  try {
    if (headers['content-type'] === 'application/xml' || headers['content-type'] === 'text/xml')
      parseXml(body)
    if (headers['content-type']?.startsWith('application/x-amz-json')) JSON.parse(body.toString())
    return undefined
  } catch (cause) {
    return `an answer that cannot be read: ${(cause as Error).message}`
  }
}

function readError({ headers, body }: RawAnswer): ToldError | undefined {
  const type = headers['content-type'] ?? ''
  if (type.includes('json')) {
    const document = JSON.parse(body.toString()) as { __type?: string; error?: string }
    const code = document.__type ?? headers['x-amzn-errortype']
    // The control plane says `error` only.
    if (code === undefined && typeof document.error === 'string') return undefined
    if (typeof code !== 'string') throw new Error(`no code in ${body.toString().slice(0, 300)}`)
    return { code: code.replace(/^.*#/, '').replace(/:.*$/, ''), shape: 'json' }
  }
  if (!type.includes('xml')) throw new Error(`content type ${type}`)
  const values = parseXml(body)
  const isQuery = values.root === 'ErrorResponse'
  const code = values.texts.get(isQuery ? 'ErrorResponse/Error/Code' : 'Error/Code')
  if (code === undefined) throw new Error(`no code in ${body.toString().slice(0, 300)}`)
  return { code, shape: isQuery ? 'query' : 's3' }
}

function faultOfError(
  error: ToldError | undefined,
  status: number,
  service: ServiceId | undefined,
): string | undefined {
  if (error === undefined) return undefined
  const { code, shape } = error
  if (code === 'InternalError' || code === 'ServiceException' || code === 'InternalFailure') return code
  if (service !== undefined && shape !== shapes[service])
    return `${service} answered in the shape of ${shape}`
  const expected = statusesOf(code, service, shape)
  if (expected.length === 0) return status < 500 || status === 501 ? undefined : `${code} with ${status}`
  return expected.includes(status) ? undefined : `${code} with ${status}, not ${expected.join(' or ')}`
}

/** Statuses that a code may have: its service's, or that of any service of the shape. */
function statusesOf(code: string, service: ServiceId | undefined, shape: ToldError['shape']): number[] {
  if (service === undefined && code in refusalsOfUrls)
    return [refusalsOfUrls[code] ?? 0, modelledStatuses.logs.get(code) ?? 0]
  const services =
    service === undefined ? (Object.keys(sdks) as ServiceId[]).filter(id => shapes[id] === shape) : [service]
  const found = services.map(id => modelledStatuses[id].get(code))
  if (services.includes('s3')) found.push(documentedS3Statuses.get(code))
  return found.filter(status => status !== undefined)
}

/**
 * Reads a document strictly; throws where it is not well-formed. References to control characters are let pass: XML 1.0
 * has none, and S3 writes them nevertheless for keys that hold them.
 */
function parseXml(body: Buffer): { readonly root: string; readonly texts: ReadonlyMap<string, string> } {
  const path: string[] = []
  const texts = new Map<string, string>()
  let root = ''
  const parser = new SaxesParser()
  parser.on('error', error => {
    throw error
  })
  parser.on('opentag', ({ name }) => {
    path.push(name)
    root ||= name
  })
  parser.on('text', text => {
    texts.set(path.join('/'), text)
  })
  parser.on('closetag', () => {
    path.pop()
  })
  parser.write(body.toString('utf8').replace(/&#(x[01]?[0-9a-f]|xfff[ef]|xd[89a-f]..);/gi, ' ')).close()
  return { root, texts }
}
