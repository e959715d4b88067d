import { headerOf, type WireRequest } from '../../wire/http.ts'
import { parseAmzDate } from './request-time.ts'
import { algorithm, type Scope } from './signing-key.ts'

/** How a request is signed. */
export type Scheme =
  | 'none'
  | 'header-v4'
  | 'query-v4'
  | 'header-v2'
  | 'query-v2'
  | 'asymmetric'
  | 'both'
  | 'unknown'

/** What a request says of its signature of version 4, as it says it. */
export interface Claim {
  readonly credential: string | undefined
  readonly signedHeaders: string | undefined
  readonly signature: string | undefined
  /** When it was signed. */
  readonly date: string | undefined
}

/** A claim that could be read. */
export interface Signature {
  readonly accessKeyId: string
  readonly scope: Scope
  readonly signedHeaders: readonly string[]
  readonly signature: string
  /** `20261123T120000Z` */
  readonly date: string
  /** The same in milliseconds since the epoch. */
  readonly time: number
}

const queryParameters = ['Algorithm', 'Credential', 'Signature', 'Date', 'SignedHeaders', 'Expires']

/** Finds out how a request is signed; parameters that are only half there count. */
export function schemeOf({ headers, query }: WireRequest): Scheme {
  const inHeader = headerScheme(headerOf(headers, 'authorization'))
  const inQuery = query.size === 0 ? 'none' : queryScheme(query)
  if (inHeader !== 'none' && inQuery !== 'none') return 'both'
  return inHeader === 'none' ? inQuery : inHeader
}

function headerScheme(authorization: string | undefined): Scheme {
  if (authorization === undefined) return 'none'
  if (/^AWS4-HMAC-SHA256(\s|$)/.test(authorization)) return 'header-v4'
  if (/^AWS /.test(authorization)) return 'header-v2'
  return authorization.startsWith('AWS4-ECDSA-P256-SHA256') ? 'asymmetric' : 'unknown'
}

function queryScheme(query: WireRequest['query']): Scheme {
  if (query.get('X-Amz-Algorithm') === 'AWS4-ECDSA-P256-SHA256') return 'asymmetric'
  if (queryParameters.some(name => query.has(`X-Amz-${name}`))) return 'query-v4'
  return query.has('AWSAccessKeyId') || query.has('Signature') ? 'query-v2' : 'none'
}

/** Reads the claim of an Authorization header. */
export function headerClaim({ headers }: WireRequest): Claim {
  const parts = new Map<string, string>()
  const text = (headerOf(headers, 'authorization') ?? '').slice(algorithm.length)
  for (const part of text.split(',')) {
    const equals = part.indexOf('=')
    if (equals !== -1) parts.set(part.slice(0, equals).trim(), part.slice(equals + 1).trim())
  }
  return {
    credential: parts.get('Credential'),
    signedHeaders: parts.get('SignedHeaders'),
    signature: parts.get('Signature'),
    date: headerOf(headers, 'x-amz-date') ?? headerOf(headers, 'date'),
  }
}

/** Reads the claim of a presigned URL. */
export function queryClaim({ query }: WireRequest): Claim {
  return {
    credential: query.get('X-Amz-Credential'),
    signedHeaders: query.get('X-Amz-SignedHeaders'),
    signature: query.get('X-Amz-Signature'),
    date: query.get('X-Amz-Date'),
  }
}

/** A credential's parts; `undefined` when it does not have five. */
export function parseCredential(
  credential: string,
): { readonly accessKeyId: string; readonly scope: Scope; readonly terminal: string } | undefined {
  const parts = credential.split('/')
  const [accessKeyId = '', day = '', region = '', service = '', end = ''] = parts
  if (parts.length !== 5 || accessKeyId === '' || !/^\d{8}$/.test(day)) return undefined
  return { accessKeyId, scope: { day, region, service }, terminal: end }
}

/** Reads a signing time in either of HTTP's and AWS's forms. */
export function readDate(
  text: string | undefined,
): { readonly date: string; readonly time: number } | undefined {
  if (text === undefined) return undefined
  const time = parseAmzDate(text) ?? Date.parse(text)
  if (Number.isNaN(time)) return undefined
  return { date: new Date(time).toISOString().replace(/[-:]|\.\d{3}/g, ''), time }
}
