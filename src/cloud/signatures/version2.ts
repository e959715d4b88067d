import { createHmac } from 'node:crypto'
import { headerOf, type WireRequest } from '../../wire/http.ts'
import { headerValues, type SignedRequest } from './canonical-request.ts'

/**
 * Parameters that name what of a resource is meant, and therefore are signed: all that botocore signs (`QSAOfInterest` in
 * botocore/auth.py), and the settings that came after version 2 and it leaves out. AWS signs such as well: `object-lock`
 * was one until https://github.com/boto/botocore/issues/2468.
 */
const signedParameters = new Set([
  'accelerate',
  'acl',
  'analytics',
  'cors',
  'defaultObjectAcl',
  'delete',
  'encryption',
  'inventory',
  'legal-hold',
  'lifecycle',
  'location',
  'logging',
  'metrics',
  'notification',
  'object-lock',
  'ownershipControls',
  'partNumber',
  'policy',
  'policyStatus',
  'publicAccessBlock',
  'replication',
  'requestPayment',
  'response-cache-control',
  'response-content-disposition',
  'response-content-encoding',
  'response-content-language',
  'response-content-type',
  'response-expires',
  'restore',
  'retention',
  'select',
  'select-type',
  'storageClass',
  'tagging',
  'torrent',
  'uploadId',
  'uploads',
  'versionId',
  'versioning',
  'versions',
  'website',
])

/** What a signature of version 2 covers besides the request itself. */
export interface Version2Facts {
  readonly wire: WireRequest
  /** The bucket that the host names, empty in path style. */
  readonly hostBucket: string
}

/**
 * What version 2 signs.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/RESTAuthentication.html
 */
export function stringToSignVersion2(request: SignedRequest, { wire, hostBucket }: Version2Facts): string {
  const { headers, query } = wire
  const isPresigned = query.has('Signature')
  const given = (name: string): string => headerOf(headers, name) ?? query.get(name) ?? ''
  const date = isPresigned
    ? (query.get('Expires') ?? '')
    : headers['x-amz-date'] === undefined
      ? given('date')
      : ''
  // A bucket alone is signed with a slash at its end, however it came.
  const isBucket = hostBucket === '' && /^\/[^/]+$/.test(request.path)
  const path = isBucket ? `${request.path}/` : request.path
  const bucket = hostBucket === '' ? '' : `/${hostBucket}`
  return [
    request.method,
    given('content-md5'),
    given('content-type'),
    date,
    ...amzHeaders(request, wire),
    `${bucket}${path}${subresource(query)}`,
  ].join('\n')
}

/** `x-amz-…` headers; in a presigned URL they may come as parameters. */
function amzHeaders({ rawHeaders }: SignedRequest, { headers, query }: WireRequest): string[] {
  const inHeaders = Object.keys(headers).filter(name => name.startsWith('x-amz-'))
  const inQuery = [...query.keys()].filter(name => name.startsWith('x-amz-') && !(name in headers))
  const lines = [
    ...inHeaders.map(name => [name, headerValues(rawHeaders, name)] as const),
    ...inQuery.map(name => [name, query.get(name) ?? ''] as const),
  ]
  return lines.sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, value]) => `${name}:${value}`)
}

function subresource(query: WireRequest['query']): string {
  const pairs = [...query]
    .filter(([name]) => signedParameters.has(name))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => (value === '' ? name : `${name}=${value}`))
  return pairs.length === 0 ? '' : `?${pairs.join('&')}`
}

/** Signs a text by version 2: base64. */
export function signVersion2(secret: string, text: string): string {
  return createHmac('sha1', secret).update(text, 'utf8').digest('base64')
}
