import { createHash } from 'node:crypto'
import type { OperationContext } from '../../../cloud/operation.ts'
import type { RequestBody, ResponseBody } from '../../../wire/body.ts'
import { invalidParameter, requestEntityTooLarge } from '../errors.ts'
import { maxUnzippedBytes, maxZippedBytes } from '../limits.ts'
import type { StoredZip } from '../state.ts'

/** Where a call says that its zip is. */
export interface CodeInput {
  readonly ZipFile?: Uint8Array | undefined
  readonly S3Bucket?: string | undefined
  readonly S3Key?: string | undefined
  readonly S3ObjectVersion?: string | undefined
  readonly ImageUri?: string | undefined
}

type CodeContext = Pick<OperationContext, 'accountId' | 'region' | 'events' | 'blobs'>

/**
 * Takes in the zip of a function or a layer, and looks whether it is one.
 * @throws AwsError InvalidParameterValueException, RequestEntityTooLargeException
 */
export async function receiveCode(input: CodeInput, context: CodeContext): Promise<StoredZip> {
  const body = input.ZipFile === undefined ? await fromBucket(input, context) : fromCall(input.ZipFile)
  const hash = createHash('sha256')
  const blob = await context.blobs.receive(body, [hash])
  return { blob, size: blob.size, sha256: hash.digest('base64') }
}

function fromCall(bytes: Uint8Array): RequestBody {
  if (bytes.length === 0) throw invalidParameter('Uploaded file must be a non-empty zip')
  if (bytes.length > maxZippedBytes)
    throw requestEntityTooLarge(`Zipped size must be smaller than ${maxZippedBytes} bytes`)
  return asRequestBody(bytes)
}

async function fromBucket(
  { S3Bucket: bucket, S3Key: key, S3ObjectVersion: versionId }: CodeInput,
  { events, accountId, region }: CodeContext,
): Promise<RequestBody | AsyncIterable<Uint8Array>> {
  if (bucket === undefined || key === undefined)
    throw invalidParameter('Please provide a source for function code.')
  const answer = await events.ask('s3:object', { accountId, region, bucket, key, versionId })
  if (!answer) throw new Error('no service answers for objects')
  if (!answer.found) {
    throw invalidParameter(
      `Error occurred while GetObject. S3 Error Code: ${answer.code}. S3 Error Message: ${answer.message}`,
    )
  }
  if (answer.size > maxUnzippedBytes)
    throw invalidParameter(`Unzipped size must be smaller than ${maxUnzippedBytes} bytes`)
  return opened(answer.body)
}

function opened(body: ResponseBody): RequestBody | AsyncIterable<Uint8Array> {
  return 'open' in body ? body.open() : asRequestBody(body)
}

function asRequestBody(bytes: Uint8Array): RequestBody {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  return {
    length: buffer.length,
    trailers: {},
    bytes: () => Promise.resolve(buffer),
    [Symbol.asyncIterator]: async function* () {
      yield buffer
    },
  }
}
