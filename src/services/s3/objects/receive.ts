import { createHash, type Hash } from 'node:crypto'
import type { Blob, ByteObserver } from '../../../cloud/blob-store.ts'
import type { OperationContext } from '../../../cloud/operation.ts'
import type { RequestBody } from '../../../wire/body.ts'
import { headerOf, type WireRequest } from '../../../wire/http.ts'
import {
  type ChecksumAlgorithm,
  checksumAlgorithms,
  checksumHeader,
  defaultAlgorithm,
  type StoredChecksum,
} from '../checksums/algorithms.ts'
import { type Announced, validateChecksum } from '../checksums/announced.ts'
import type { ChecksumHasher } from '../checksums/hasher.ts'
import { encrypting, newCipher } from '../customer-keys/cipher.ts'
import {
  badChecksum,
  badContentMd5,
  entityTooLarge,
  headerNotImplemented,
  malformedTrailer,
} from '../errors.ts'
import { maxSinglePutBytes } from '../limits.ts'
import { framedWithoutHash, missingContentLength } from './errors.ts'

/** A body that was stored, with the digests that were computed on its way. */
export interface ReceivedBody {
  readonly blob: Blob
  /** MD5 in hexadecimal. */
  readonly eTag: string
  readonly checksum?: StoredChecksum
  /** The default checksum in base64, where it was needed. */
  readonly defaultValue?: string
  /** The first counter where it was encrypted. */
  readonly iv?: Buffer
}

/** What a request without a body sends. */
export const emptyBody: RequestBody = {
  length: 0,
  trailers: {},
  bytes: () => Promise.resolve(Buffer.alloc(0)),
  async *[Symbol.asyncIterator]() {
    // There is nothing to give.
  },
}

type Headers = WireRequest['headers']

/** What to do with a body besides storing it. */
export interface ReceiveOrder extends Announced {
  /** The checksum of a body that announces none. */
  readonly defaultChecksum?: ChecksumAlgorithm | undefined
  /** The customer's key to encrypt it by. */
  readonly key?: Buffer | undefined
  /** Whether it is a part, of which AWS tells the expected digest in another form. */
  readonly isPart?: true
  /** Whether the default checksum is computed besides any other, as a part's that the whole object's follows from. */
  readonly needsDefault?: boolean
}

/**
 * Stores a request's body and verifies it against what was announced; nothing is kept when it does not hold.
 * @throws AwsError BadDigest, InvalidRequest, InvalidArgument, EntityTooLarge, MissingContentLength,
 * NotImplemented (in chunks of HTTP without a length), MalformedTrailerError
 */
export async function receiveBody(
  body: RequestBody,
  order: ReceiveOrder,
  context: OperationContext,
): Promise<ReceivedBody> {
  const { length } = body
  const { headers } = context.request
  if (length === undefined && !body.endsByItself) throw headerNotImplemented('Transfer-Encoding')
  if (length === 0 && isLengthMissing(headers)) throw missingContentLength()
  refuseFramesWithoutHash(headers)
  if (length !== undefined && length > maxSinglePutBytes) throw entityTooLarge(length, maxSinglePutBytes)
  const md5 = createHash('md5')
  const algorithm = order.checksum?.algorithm ?? order.defaultChecksum
  const hasher = algorithm && checksumAlgorithms[algorithm].createHasher()
  const extra = order.needsDefault ? checksumAlgorithms[defaultAlgorithm].createHasher() : undefined
  const observers = [md5, hasher, extra].filter(observer => observer !== undefined)
  const { blob, iv } = await storeBytes({ body, observers, key: order.key }, context)
  try {
    const received = verify({ blob, md5, algorithm, hasher }, order, body)
    return {
      ...received,
      ...(iv !== undefined && { iv }),
      ...(extra !== undefined && { defaultValue: extra.digest().toString('base64') }),
    }
  } catch (error) {
    context.blobs.remove(blob)
    throw error
  }
}

/** Whether a request without a body does not even say that there is none, as `curl -X PUT` does; HTTP/2 need not. */
function isLengthMissing(headers: Headers): boolean {
  const names = ['content-length', 'transfer-encoding', 'x-amz-decoded-content-length', ':method']
  return names.every(name => headers[name] === undefined)
}

/**
 * `aws-chunked` may be what a client says of its object, unless the body is signed as one without a hash.
 * Recorded from AWS in versity/versitygw pull request 2400.
 */
function refuseFramesWithoutHash(headers: Headers): void {
  const encoding = headerOf(headers, 'content-encoding')
  if (!encoding?.includes('aws-chunked')) return
  if (headerOf(headers, 'x-amz-content-sha256') === 'UNSIGNED-PAYLOAD') throw framedWithoutHash()
}

/** Stores bytes, encrypted where there is a key for it. */
export async function storeBytes(
  { body, observers, key }: BytesToStore,
  context: OperationContext,
): Promise<{ readonly blob: Blob; readonly iv?: Buffer }> {
  if (key === undefined) return { blob: await context.blobs.receive(body, observers) }
  const cipher = newCipher(key, context.ids)
  return { blob: await context.blobs.receive(encrypting(body, cipher, observers), []), iv: cipher.iv }
}

/** Bytes on their way to the store; the observers see what they say. */
export interface BytesToStore {
  readonly body: RequestBody
  readonly observers: readonly ByteObserver[]
  readonly key: Buffer | undefined
}

interface Hashed {
  readonly blob: Blob
  readonly md5: Hash
  readonly algorithm: ChecksumAlgorithm | undefined
  readonly hasher: ChecksumHasher | undefined
}

function verify(
  { blob, md5, algorithm, hasher }: Hashed,
  announced: ReceiveOrder,
  body: RequestBody,
): ReceivedBody {
  const eTag = md5.digest('hex')
  if (announced.md5 !== undefined && announced.md5 !== eTag) {
    const expected = announced.isPart ? inBase64(announced.md5) : announced.md5
    throw badContentMd5(expected, inBase64(eTag))
  }
  if (algorithm === undefined || hasher === undefined) return { blob, eTag }
  const value = hasher.digest().toString('base64')
  if (announced.checksum !== undefined) {
    const expected = announced.checksum.value ?? trailingChecksum(algorithm, body)
    if (expected !== value) throw badChecksum(algorithm)
  }
  return { blob, eTag, checksum: { algorithm, value, type: 'FULL_OBJECT' } }
}

function inBase64(digest: string): string {
  return Buffer.from(digest, 'hex').toString('base64')
}

function trailingChecksum(algorithm: ChecksumAlgorithm, body: RequestBody): string {
  const value = body.trailers[checksumHeader(algorithm)]
  if (value === undefined) throw malformedTrailer()
  validateChecksum(algorithm, value, 'trailing header')
  return value
}
