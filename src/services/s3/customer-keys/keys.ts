import { createHash } from 'node:crypto'
import type { AwsError } from '../../../core/aws-error.ts'
import type { CustomerKeyProof, ObjectEncryption } from '../state.ts'
import {
  customerKeyMissing,
  customerKeyNotApplicable,
  invalidCustomerKey,
  invalidEncryptionAlgorithm,
  partHasOtherKey,
  partNeedsCustomerKey,
  wrongCustomerKey,
} from './errors.ts'

/** The headers by which a request carries its own key (SSE-C). */
export interface CustomerKeyMembers {
  readonly SSECustomerAlgorithm?: string | undefined
  readonly SSECustomerKey?: string | undefined
  readonly SSECustomerKeyMD5?: string | undefined
}

/** A key that a request carries; it is never kept. */
export interface CustomerKey {
  /** 32 bytes. */
  readonly bytes: Buffer
  /** What is kept of it. */
  readonly proof: CustomerKeyProof
}

const keyBytes = 32

/**
 * The key that a request carries, to write by.
 * DIFFERS: it may come over HTTP; AWS takes it over HTTPS only. The ETag stays the MD5 of what was sent; on AWS it is none.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/ServerSideEncryptionCustomerKeys.html
 * @throws AwsError InvalidArgument, InvalidEncryptionAlgorithmError
 */
export function readCustomerKey(
  input: CustomerKeyMembers,
  purpose: 'write' | 'read' = 'write',
): CustomerKey | undefined {
  const { SSECustomerAlgorithm: algorithm, SSECustomerKey: key, SSECustomerKeyMD5: md5 } = input
  if (algorithm === undefined && key === undefined && md5 === undefined) return undefined
  const must = 'Requests specifying Server Side Encryption with Customer provided keys must provide'
  if (algorithm === undefined) throw invalidCustomerKey(`${must} a valid encryption algorithm.`)
  if (key === undefined) throw invalidCustomerKey(`${must} an appropriate secret key.`)
  if (algorithm !== 'AES256') throw invalidEncryptionAlgorithm(algorithm)
  const bytes = Buffer.from(key, 'base64')
  if (bytes.length !== keyBytes && purpose === 'write') {
    throw invalidCustomerKey('The secret key was invalid for the specified algorithm.')
  }
  const ownMd5 = createHash('md5').update(bytes).digest('base64')
  if (md5 !== ownMd5) {
    throw invalidCustomerKey('The calculated MD5 hash of the key did not match the hash that was provided.')
  }
  return { bytes, proof: { md5: ownMd5, hash: createHash('sha256').update(bytes).digest('hex') } }
}

/**
 * The key that opens an object; `undefined` for one that has none.
 * @throws AwsError InvalidRequest, AccessDenied
 */
export function openingKey(encryption: ObjectEncryption, input: CustomerKeyMembers): CustomerKey | undefined {
  // A key of another length is just another key here.
  return agreedKey(encryption, readCustomerKey(input, 'read'), {
    unwanted: customerKeyNotApplicable,
    missing: customerKeyMissing,
    wrong: wrongCustomerKey,
  })
}

/**
 * The key that a part is encrypted by: that of its upload.
 * @throws AwsError InvalidRequest
 */
export function partKey(encryption: ObjectEncryption, input: CustomerKeyMembers): CustomerKey | undefined {
  return agreedKey(encryption, readCustomerKey(input), {
    unwanted: partNeedsCustomerKey,
    missing: partNeedsCustomerKey,
    wrong: partHasOtherKey,
  })
}

/** The members of a copy's source as those of any read. */
export function sourceKeyMembers(input: {
  readonly CopySourceSSECustomerAlgorithm?: string | undefined
  readonly CopySourceSSECustomerKey?: string | undefined
  readonly CopySourceSSECustomerKeyMD5?: string | undefined
}): CustomerKeyMembers {
  return {
    SSECustomerAlgorithm: input.CopySourceSSECustomerAlgorithm,
    SSECustomerKey: input.CopySourceSSECustomerKey,
    SSECustomerKeyMD5: input.CopySourceSSECustomerKeyMD5,
  }
}

/** The key that was brought, which must be the one that is wanted; none where neither is there. */
function agreedKey(
  { customerKey: wanted }: ObjectEncryption,
  key: CustomerKey | undefined,
  refusals: Readonly<Record<'unwanted' | 'missing' | 'wrong', () => AwsError>>,
): CustomerKey | undefined {
  if (wanted === undefined && key === undefined) return undefined
  if (wanted === undefined) throw refusals.unwanted()
  if (key === undefined) throw refusals.missing()
  if (key.proof.hash !== wanted.hash) throw refusals.wrong()
  return key
}
