import { mayAnybody } from '../../../cloud/authorize.ts'
import type { OperationContext } from '../../../cloud/operation.ts'
import type { DataPlane, DataPlaneRequest, ServiceAccess } from '../../../cloud/service.ts'
import { AwsError } from '../../../core/aws-error.ts'
import { headerOf, type WireResponse } from '../../../wire/http.ts'
import { permissionOf } from '../access/need.ts'
import { stateOfCloud } from '../buckets/of-cloud.ts'
import { invalidRequest, noSuchBucket } from '../errors.ts'
import { currentObject } from '../objects/versions.ts'
import { getObject } from '../operations/get-object.ts'
import type { Bucket, S3State } from '../state.ts'
import { noSuchWebsite, pageDenied, websiteOnlyReads } from './errors.ts'
import { errorPage, pageOf, type ReadObject, redirectTo } from './pages.ts'
import { redirectAll, redirectByRule } from './redirects.ts'

const websiteHost =
  /^(.+)\.s3-website(?:[.-][a-z0-9-]+)?\.(?:localhost|localhost\.localstack\.cloud|amazonaws\.com)$/

/** A visit to a website. */
interface Visit {
  readonly request: DataPlaneRequest
  readonly state: S3State
  readonly bucket: Bucket
  readonly context: OperationContext
  /** Whether only what the policy gives to everybody is shown. */
  readonly enforces: boolean
}

/**
 * Serves buckets as websites: `<bucket>.s3-website.localhost`.
 * DIFFERS: pages need not be public, unless permissions decide (`ENFORCE_IAM=1`): then the bucket's policy or the page's
 * ACL must give them to everybody.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/WebsiteHosting.html
 */
export const website: DataPlane<S3State> = {
  claims: ({ host }) => websiteHost.test(host),
  answer: async (request, access) => {
    showVisit(request)
    try {
      return await serve(findVisit(request, access))
    } catch (error) {
      if (!(error instanceof AwsError)) throw error
      request.show({ error })
      return errorPage(error, request.id)
    }
  },
}

/** As S3's access logs call it. https://docs.aws.amazon.com/AmazonS3/latest/userguide/LogFormat.html */
function showVisit({ address, wire, show }: DataPlaneRequest): void {
  show({ operation: `WEBSITE.${wire.method}.OBJECT`, resource: `${bucketOf(address)}${address.path}` })
}

function bucketOf({ host }: DataPlaneRequest['address']): string {
  return websiteHost.exec(host)?.[1] ?? ''
}

function findVisit(request: DataPlaneRequest, access: ServiceAccess<S3State>): Visit {
  const { platform } = access
  const name = bucketOf(request.address)
  const state = stateOfCloud(access)
  const bucket = state.buckets.get(name)
  if (bucket === undefined) throw noSuchBucket(name)
  request.show({ accountId: bucket.ownerAccountId, region: bucket.region })
  if (bucket.website === undefined) throw noSuchWebsite(name)
  const context = platform.workContext(bucket.ownerAccountId, bucket.region)
  return { request, state, bucket, context, enforces: platform.enforceIam }
}

async function serve(visit: Visit): Promise<WireResponse> {
  const { request, bucket } = visit
  const { address, wire } = request
  const { website: configuration = {} } = bucket
  if (wire.method !== 'GET' && wire.method !== 'HEAD') throw websiteOnlyReads(wire.method)
  const elsewhere = redirectAll(configuration, address)
  if (elsewhere) return redirectTo(elsewhere)
  const asked = decodeKey(address.path.slice(1))
  const moved = redirectByRule(configuration.RoutingRules, { key: asked, address })
  if (moved) return redirectTo(moved)
  const suffix = configuration.IndexDocument?.Suffix ?? ''
  const key = asked === '' || asked.endsWith('/') ? asked + suffix : asked
  try {
    return await servePage(visit, key)
  } catch (error) {
    if (!(error instanceof AwsError) || error.statusCode === 304) throw error
    request.show({ error, input: { Bucket: bucket.name, Key: key } })
    const isFolder = error.statusCode === 404 && currentObject(bucket, `${asked}/${suffix}`) !== undefined
    if (isFolder) return redirectTo({ status: 302, location: `${address.path}/` })
    return serveError(visit, asked, error)
  }
}

async function servePage(visit: Visit, key: string): Promise<WireResponse> {
  const { headers } = visit.request.wire
  const object = await read(visit, {
    Key: key,
    Range: headerOf(headers, 'range'),
    IfMatch: headerOf(headers, 'if-match'),
    IfNoneMatch: headerOf(headers, 'if-none-match'),
  })
  const { WebsiteRedirectLocation: location } = object
  return location === undefined ? pageOf(object) : redirectTo({ status: 301, location })
}

async function serveError(visit: Visit, key: string, error: AwsError): Promise<WireResponse> {
  const { request, bucket } = visit
  const { ErrorDocument, RoutingRules } = bucket.website ?? {}
  const { address } = request
  const moved = redirectByRule(RoutingRules, { key, address, errorStatus: error.statusCode })
  if (moved) return redirectTo(moved)
  if (ErrorDocument?.Key === undefined) return errorPage(error, request.id)
  try {
    return pageOf(await read(visit, { Key: ErrorDocument.Key }), error.statusCode)
  } catch (ofDocument) {
    if (!(ofDocument instanceof AwsError)) throw ofDocument
    return errorPage(error, request.id, ofDocument)
  }
}

/** What a page is read by. */
interface Wanted {
  readonly Key: string
  readonly Range?: string | undefined
  readonly IfMatch?: string | undefined
  readonly IfNoneMatch?: string | undefined
}

async function read(visit: Visit, wanted: Wanted): Promise<ReadObject> {
  const { state, bucket, context, enforces } = visit
  if (enforces && !isForEverybody(visit, wanted.Key)) throw pageDenied()
  return getObject(state, { Bucket: bucket.name, ...wanted }, context)
}

/** Whether the bucket's policy, or the page's ACL, gives it to who comes without credentials. */
function isForEverybody({ request, state, bucket, context }: Visit, key: string): boolean {
  const asker = { state, callerAccountId: undefined, callerArn: 'anonymous' }
  const action = currentObject(bucket, key) === undefined ? 'ListBucket' : 'GetObject'
  const need = action === 'GetObject' ? { key } : { keys: { 's3:prefix': key } }
  const permission = permissionOf({ action, bucket: bucket.name, ...need }, asker)
  const { headers } = request.wire
  const keys = {
    'aws:SecureTransport': 'false',
    'aws:SourceIp': request.sourceIpAddress,
    'aws:Referer': headerOf(headers, 'referer'),
    'aws:UserAgent': headerOf(headers, 'user-agent'),
  }
  return permission !== undefined && mayAnybody(context.clock, permission, keys)
}

function decodeKey(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch (cause) {
    if (!(cause instanceof URIError)) throw cause
    throw invalidRequest("Couldn't parse the specified URI.")
  }
}
