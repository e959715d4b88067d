import { paginateGetLogEvents } from '@aws-sdk/client-cloudwatch-logs'
import { paginateListRoles } from '@aws-sdk/client-iam'
import { ListTagsCommand, paginateListFunctions } from '@aws-sdk/client-lambda'
import {
  GetBucketLifecycleConfigurationCommand,
  GetBucketTaggingCommand,
  GetObjectCommand,
  type GetObjectCommandOutput,
  ListMultipartUploadsCommand,
  ListObjectVersionsCommand,
  type ListObjectVersionsCommandInput,
  type ListObjectVersionsCommandOutput,
  ListPartsCommand,
  paginateListObjectsV2,
  type S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3'
import { logGroup, versionedBucket } from './acts.ts'
import type { Clients } from './clients.ts'
import { describeBody, type Holdings, md5Of, noVersions, type Versions, type Writer } from './holdings.ts'

/**
 * Reads all that a writer owns, and learns the ids of its uploads. Fails where the cloud contradicts itself: a listing that says another size or ETag than the
 * object, bytes that are not those of their ETag, log events that leave one out.
 */
export async function readBack(writer: Writer, clients: Clients): Promise<Holdings> {
  const [objects, versions, uploads, tag, expirationDays, roles, events, functions] = await Promise.all([
    readObjects(writer, clients),
    readVersions(writer, clients),
    readUploads(writer, clients),
    readTag(writer, clients),
    readExpirationDays(writer, clients),
    readRoles(writer, clients),
    readEvents(writer, clients),
    readFunctions(writer, clients),
  ])
  return {
    objects,
    versions,
    uploads,
    roles,
    events,
    functions,
    ...(tag === undefined ? {} : { tag }),
    ...(expirationDays === undefined ? {} : { expirationDays }),
  }
}

async function readObjects({ name: Bucket }: Writer, { s3 }: Clients): Promise<Record<string, string>> {
  const objects: Record<string, string> = {}
  for await (const { Contents = [] } of paginateListObjectsV2({ client: s3 }, { Bucket })) {
    for (const { Key = '', Size, ETag } of Contents) {
      const answer = await s3.send(new GetObjectCommand({ Bucket, Key }))
      const body = await bytesOf(answer.Body)
      if (answer.ETag !== ETag || body.length !== Size)
        throw new Error(
          `${Bucket}/${Key} is ${ETag}, ${Size} bytes, and reads ${answer.ETag}, ${body.length} bytes`,
        )
      objects[Key] = describeBody(body, withoutQuotes(ETag))
    }
  }
  return objects
}

async function readVersions(writer: Writer, { s3 }: Clients): Promise<Record<string, Versions>> {
  const Bucket = versionedBucket(writer)
  const found: Record<string, Versions> = {}
  const versionsOf = (key: string): Versions => found[key] ?? noVersions
  for await (const { Versions = [], DeleteMarkers = [] } of versionPages(Bucket, s3)) {
    for (const { Key = '', VersionId, ETag, IsLatest } of Versions) {
      const eTag = withoutQuotes(ETag)
      const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key, VersionId }))
      if (md5Of(await bytesOf(Body)) !== eTag) throw new Error(`${Bucket}/${Key} ${VersionId} is not ${eTag}`)
      const { eTags, markers, current } = versionsOf(Key)
      found[Key] = { eTags: [...eTags, eTag], markers, current: IsLatest ? eTag : current }
    }
    for (const { Key = '', IsLatest } of DeleteMarkers) {
      const { eTags, markers, current } = versionsOf(Key)
      found[Key] = { eTags, markers: markers + 1, current: IsLatest ? 'marker' : current }
    }
  }
  return found
}

async function* versionPages(Bucket: string, s3: S3Client): AsyncGenerator<ListObjectVersionsCommandOutput> {
  let from: Pick<ListObjectVersionsCommandInput, 'KeyMarker' | 'VersionIdMarker'> = {}
  for (let isLast = false; !isLast; ) {
    const page = await s3.send(new ListObjectVersionsCommand({ Bucket, ...from }))
    yield page
    from = { KeyMarker: page.NextKeyMarker, VersionIdMarker: page.NextVersionIdMarker }
    isLast = !page.IsTruncated
  }
}

async function readUploads(writer: Writer, { s3 }: Clients): Promise<Holdings['uploads']> {
  const Bucket = writer.name
  const uploads: Holdings['uploads'] = {}
  const { Uploads = [] } = await s3.send(new ListMultipartUploadsCommand({ Bucket }))
  for (const { Key = '', UploadId = '' } of Uploads) {
    if (Key in uploads) throw new Error(`${Bucket}/${Key} has two uploads`)
    const { Parts = [] } = await s3.send(new ListPartsCommand({ Bucket, Key, UploadId }))
    uploads[Key] = Object.fromEntries(Parts.map(({ PartNumber, ETag }) => [PartNumber, withoutQuotes(ETag)]))
    writer.uploadIds.set(Key, UploadId)
  }
  return uploads
}

async function readTag({ name: Bucket }: Writer, { s3 }: Clients): Promise<string | undefined> {
  const answer = await absentFor(s3.send(new GetBucketTaggingCommand({ Bucket })), 'NoSuchTagSet')
  return answer?.TagSet?.[0]?.Value
}

async function readExpirationDays({ name: Bucket }: Writer, { s3 }: Clients): Promise<number | undefined> {
  const asked = s3.send(new GetBucketLifecycleConfigurationCommand({ Bucket }))
  const answer = await absentFor(asked, 'NoSuchLifecycleConfiguration')
  return answer?.Rules?.[0]?.Expiration?.Days
}

async function readRoles({ name }: Writer, { iam }: Clients): Promise<Holdings['roles']> {
  const roles: Holdings['roles'] = {}
  for await (const page of paginateListRoles({ client: iam }, { PathPrefix: `/${name}/` })) {
    for (const { RoleName = '', Description = '' } of page.Roles ?? []) roles[RoleName] = Description
  }
  return roles
}

async function readEvents({ name: logStreamName }: Writer, { logs }: Clients): Promise<number> {
  const query = { logGroupName: logGroup, logStreamName, startFromHead: true }
  const numbers: number[] = []
  for await (const { events = [] } of paginateGetLogEvents({ client: logs, stopOnSameToken: true }, query)) {
    numbers.push(...events.map(({ message }) => Number(message)))
  }
  const missing = numbers.sort((left, right) => left - right).findIndex((number, index) => number !== index)
  if (missing !== -1) throw new Error(`event ${missing} of ${logStreamName} is missing or there twice`)
  return numbers.length
}

async function readFunctions({ name }: Writer, { lambda }: Clients): Promise<Holdings['functions']> {
  const functions: Holdings['functions'] = {}
  for await (const { Functions = [] } of paginateListFunctions({ client: lambda }, {})) {
    for (const { FunctionName = '', FunctionArn } of Functions) {
      if (!FunctionName.startsWith(`${name}-`)) continue
      const { Tags } = await lambda.send(new ListTagsCommand({ Resource: FunctionArn }))
      functions[FunctionName] = Tags?.numero ?? ''
    }
  }
  return functions
}

/** The answer, or `undefined` where S3 says with this code that nothing was put. */
async function absentFor<Answer>(asked: Promise<Answer>, code: string): Promise<Answer | undefined> {
  try {
    return await asked
  } catch (error) {
    if (error instanceof S3ServiceException && error.name === code) return undefined
    throw error
  }
}

async function bytesOf(body: GetObjectCommandOutput['Body']): Promise<Uint8Array> {
  if (body === undefined) throw new Error('the answer has no body')
  return body.transformToByteArray()
}

function withoutQuotes(eTag: string | undefined): string {
  return (eTag ?? '').replaceAll('"', '')
}
