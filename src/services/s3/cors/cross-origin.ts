import { type Address, splitBucket } from '../../../cloud/address.ts'
import type { CrossOrigin, PreflightRequest } from '../../../cloud/service.ts'
import { headerOf } from '../../../wire/http.ts'
import type { S3State } from '../state.ts'
import {
  corsBucketNotFound,
  corsNotAllowed,
  corsNotEnabled,
  invalidRequestMethod,
  originMissing,
} from './errors.ts'
import { corsHeaders, findCorsRule } from './match.ts'
import { corsMethods } from './validate.ts'

/**
 * Pages use a bucket by its CORS rules.
 * DIFFERS: what would change something is refused to pages of other sites where no rule lets them; AWS does it, and only
 * keeps the answer from the page.
 */
export const crossOrigin: CrossOrigin<S3State> = {
  preflight: (request, state) => {
    const { origin } = request
    if (origin === undefined) throw originMissing()
    const method = headerOf(request.headers, 'access-control-request-method')
    if (method === undefined || !corsMethods.has(method)) throw invalidRequestMethod(method ?? 'null')
    const { name, isBucket } = placeOf(request.address)
    const asked = { method, resourceType: isBucket ? ('BUCKET' as const) : ('OBJECT' as const) }
    const bucket = state.buckets.get(name)
    if (bucket === undefined) throw corsBucketNotFound(asked)
    if (bucket.cors === undefined) throw corsNotEnabled(asked)
    const question = { origin, method, headers: requestedHeaders(request) }
    const rule = findCorsRule(bucket.cors, question)
    if (rule === undefined) throw corsNotAllowed(asked)
    return corsHeaders(rule, question)
  },
  headersOf: ({ origin, method, address }, state) => {
    const rules = state.buckets.get(placeOf(address).name)?.cors
    const question = { origin, method, headers: [] }
    const rule = rules && findCorsRule(rules, question)
    return rule && corsHeaders(rule, question)
  },
  isOpenToReaders: ({ address }) => placeOf(address).name !== '',
}

/** Names of buckets have nothing that is percent-encoded. */
function placeOf(address: Address): { readonly name: string; readonly isBucket: boolean } {
  const { bucket, path } = splitBucket(address)
  return { name: bucket, isBucket: path === '/' }
}

function requestedHeaders({ headers }: PreflightRequest): string[] {
  const list = headerOf(headers, 'access-control-request-headers') ?? ''
  return list
    .split(',')
    .map(header => header.trim())
    .filter(header => header !== '')
}
