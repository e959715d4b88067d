import { createHash } from 'node:crypto'
import type { OperationContext } from '../../../cloud/operation.ts'
import type { AwsError } from '../../../core/aws-error.ts'
import type { RequestBody, ResponseBody } from '../../../wire/body.ts'
import { invalidParameter, requestEntityTooLarge } from '../errors.ts'
import { maxUnzippedBytes, maxZippedBytes } from '../limits.ts'
import type { AttachedLayer, StoredZip } from '../state.ts'

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
 * Takes in the zip of a function or a layer, and looks whether it can be unpacked.
 * @throws AwsError InvalidParameterValueException, RequestEntityTooLargeException
 */
export async function receiveCode(input: CodeInput, context: CodeContext): Promise<StoredZip> {
  const bytes = input.ZipFile === undefined ? await fromBucket(input, context) : fromCall(input.ZipFile)
  const unpackedSize = await checkContents(bytes)
  const hash = createHash('sha256')
  const blob = await context.blobs.receive(asRequestBody(bytes), [hash])
  return { blob, size: blob.size, unpackedSize, sha256: hash.digest('base64') }
}

/** Checks what a zip is for once it was received; when that throws, the zip is freed. */
export function keepOrDiscard(
  { blob }: StoredZip,
  { blobs }: Pick<OperationContext, 'blobs'>,
  check: () => void,
): void {
  try {
    check()
  } catch (error) {
    blobs.remove(blob)
    throw error
  }
}

/**
 * Refuses a function whose code and layers are too much together.
 * @throws AwsError InvalidParameterValueException
 */
export function refuseTooMuch(code: StoredZip, layers: readonly AttachedLayer[]): void {
  const total = layers.reduce((sum, layer) => sum + layer.code.unpackedSize, code.unpackedSize)
  if (total <= maxUnzippedBytes) return
  throw invalidParameter(
    `Function code combined with layers exceeds the maximum allowed size of ${maxUnzippedBytes} bytes. The actual size is ${total} bytes.`,
  )
}

function fromCall(bytes: Uint8Array): Buffer {
  if (bytes.length === 0) throw invalidParameter('Uploaded file must be a non-empty zip')
  if (bytes.length > maxZippedBytes)
    throw requestEntityTooLarge(`Zipped size must be smaller than ${maxZippedBytes} bytes`)
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}

async function fromBucket(
  { S3Bucket: bucket, S3Key: key, S3ObjectVersion: versionId }: CodeInput,
  { events, accountId, region }: CodeContext,
): Promise<Buffer> {
  if (bucket === undefined || key === undefined)
    throw invalidParameter('Please provide a source for function code.')
  const answer = await events.ask('s3:object', { accountId, region, bucket, key, versionId })
  if (!answer) throw new Error('no service answers for objects')
  if (!answer.found) {
    throw invalidParameter(
      `Error occurred while GetObject. S3 Error Code: ${answer.code}. S3 Error Message: ${answer.message}`,
    )
  }
  if (answer.size > maxUnzippedBytes) throw unzippedTooLarge()
  return readAll(answer.body)
}

/** A body's bytes in one piece; what is whole already is not copied. */
export async function readAll(body: ResponseBody): Promise<Buffer> {
  if (!('open' in body)) return Buffer.from(body.buffer, body.byteOffset, body.byteLength)
  const pieces: Uint8Array[] = []
  for await (const piece of body.open()) pieces.push(piece)
  return Buffer.concat(pieces)
}

/** Looks at everything in a zip; what unpacks zips is loaded with the first one. */
async function checkContents(bytes: Buffer): Promise<number> {
  const [{ checkZip }, { ZipProblem }] = await Promise.all([
    import('../code/contents.ts'),
    import('../code/zip-problem.ts'),
  ])
  try {
    return (await checkZip(bytes)).unpackedBytes
  } catch (error) {
    if (!(error instanceof ZipProblem)) throw error
    if (error.kind === 'too-large') throw unzippedTooLarge()
    throw invalidParameter('Could not unzip uploaded file. Please check your file, then try to upload again.')
  }
}

function unzippedTooLarge(): AwsError {
  return invalidParameter(`Unzipped size must be smaller than ${maxUnzippedBytes} bytes`)
}

function asRequestBody(buffer: Buffer): RequestBody {
  return {
    length: buffer.length,
    trailers: {},
    bytes: () => Promise.resolve(buffer),
    [Symbol.asyncIterator]: async function* () {
      yield buffer
    },
  }
}
