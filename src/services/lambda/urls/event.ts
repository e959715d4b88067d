import type { DataPlaneRequest } from '../../../cloud/service.ts'
import { headerOf } from '../../../wire/http.ts'
import type { UrlAddress } from './address.ts'

/** What a function URL's event tells besides the request itself. */
export interface EventFacts {
  readonly address: UrlAddress
  readonly requestId: string
  /** Milliseconds since the epoch. */
  readonly time: number
  readonly body: Buffer
  /** Absent where nobody need identify itself. */
  readonly caller?: {
    readonly accessKey: string
    readonly accountId: string
    readonly arn: string
    readonly userId: string
  }
}

/**
 * The event of a function URL: payload format 2.0.
 * https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html#urls-payloads
 */
export function writeEvent(request: DataPlaneRequest, facts: EventFacts): object {
  const { address, body } = facts
  const { headers } = request.wire
  const query = request.address.query
  const cookies = headerOf(headers, 'cookie')
    ?.split(/; */)
    .filter(each => each !== '')
  const isText = isTextual(headerOf(headers, 'content-type'))
  return {
    version: '2.0',
    routeKey: '$default',
    rawPath: decodePath(address.path),
    rawQueryString: query,
    ...(cookies && { cookies }),
    headers: writeHeaders(request),
    ...(query !== '' && { queryStringParameters: readQuery(query) }),
    requestContext: writeContext(request, facts),
    ...(body.length > 0 && { body: body.toString(isText ? 'utf8' : 'base64') }),
    isBase64Encoded: body.length > 0 && !isText,
  }
}

/** Bodies that functions get as they are; all others come as base64. */
function isTextual(contentType: string | undefined): boolean {
  const type = contentType?.split(';', 1)[0]?.trim().toLowerCase() ?? ''
  return /^(text\/.+|application\/(json|javascript|xml|.+\+(json|xml)))$/.test(type)
}

/** Headers that belong to the connection, or that only this cloud needs. */
const ownHeaders = ['connection', 'keep-alive', 'transfer-encoding', 'upgrade', 'expect']

function writeHeaders({ wire, address, sourceIpAddress }: DataPlaneRequest): Record<string, string> {
  const headers: Record<string, string> = {}
  for (const [name, value] of Object.entries(wire.headers)) {
    if (value === undefined || name.startsWith(':') || ownHeaders.includes(name)) continue
    headers[name] = Array.isArray(value) ? value.join(',') : value
  }
  const { port } = new URL(address.origin)
  return {
    ...headers,
    'x-forwarded-for': sourceIpAddress,
    'x-forwarded-port': port === '' ? '80' : port,
    'x-forwarded-proto': 'http',
  }
}

/** Parameters that come more than once are joined by commas. */
function readQuery(query: string): Record<string, string> {
  const parameters: Record<string, string> = {}
  for (const [name, value] of new URLSearchParams(query)) {
    const known = Object.hasOwn(parameters, name) ? parameters[name] : undefined
    parameters[name] = known === undefined ? value : `${known},${value}`
  }
  return parameters
}

function writeContext(
  { address: { host }, wire, sourceIpAddress }: DataPlaneRequest,
  { address, requestId, time, caller }: EventFacts,
): object {
  return {
    accountId: caller?.accountId ?? 'anonymous',
    apiId: address.id,
    ...(caller && { authorizer: { iam: writeCaller(caller) } }),
    domainName: host,
    domainPrefix: host.split('.', 1)[0],
    http: {
      method: wire.method,
      path: decodePath(address.path),
      protocol: 'HTTP/1.1',
      sourceIp: sourceIpAddress,
      userAgent: headerOf(wire.headers, 'user-agent') ?? '',
    },
    requestId,
    routeKey: '$default',
    stage: '$default',
    time: formatLogTime(time),
    timeEpoch: time,
  }
}

function writeCaller({ accessKey, accountId, arn, userId }: NonNullable<EventFacts['caller']>): object {
  return {
    accessKey,
    accountId,
    callerId: userId,
    cognitoIdentity: null,
    principalOrgId: null,
    userArn: arn,
    userId,
  }
}

/** A path as functions see it: decoded where that is possible. */
function decodePath(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    // No UTF-8 in it: the function sees it as it came.
    return path
  }
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** A time as web servers log it: `25/Nov/2026:10:31:07 +0000`. */
function formatLogTime(time: number): string {
  const [day = '', clock = ''] = new Date(time).toISOString().slice(0, 19).split('T')
  const [year, month, date] = day.split('-')
  return `${date}/${months[Number(month) - 1]}/${year}:${clock} +0000`
}
