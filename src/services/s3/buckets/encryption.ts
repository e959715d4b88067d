import { createHash } from 'node:crypto'
import type { ServerSideEncryptionConfiguration, ServerSideEncryptionRule } from '@aws-sdk/client-s3'
import { formatArn } from '../../../core/arn.ts'
import { invalidArgument, malformedXml } from '../errors.ts'
import type { Bucket, BucketEncryption, ObjectEncryption } from '../state.ts'

/** The algorithms that a bucket or a request may ask for. */
export const encryptionAlgorithms = new Set(['AES256', 'aws:kms', 'aws:kms:dsse'])

/** What GetBucketEncryption answers where nothing was put. */
export const defaultEncryptionRule: ServerSideEncryptionRule = {
  ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' },
  BucketKeyEnabled: false,
}

/**
 * How a bucket encrypts by default: exactly one rule.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketEncryption.html
 * @throws AwsError MalformedXML, InvalidArgument
 */
export function readEncryptionRule(
  configuration: ServerSideEncryptionConfiguration | undefined,
): BucketEncryption {
  const [rule, ...more] = configuration?.Rules ?? []
  const wanted = rule?.ApplyServerSideEncryptionByDefault
  if (rule === undefined || more.length > 0 || wanted === undefined) throw malformedXml()
  const { SSEAlgorithm: algorithm, KMSMasterKeyID: kmsKeyId } = wanted
  if (algorithm === undefined || !encryptionAlgorithms.has(algorithm)) throw malformedXml()
  if (algorithm === 'AES256' && kmsKeyId !== undefined) {
    const message =
      'a KMSMasterKeyID is not applicable if the default sse algorithm is not aws:kms or aws:kms:dsse'
    throw invalidArgument(message, 'ApplyServerSideEncryptionByDefault')
  }
  const bucketKeyEnabled = rule.BucketKeyEnabled ?? false
  return {
    rule: { ...rule, BucketKeyEnabled: bucketKeyEnabled },
    ofObjects: {
      algorithm,
      ...(kmsKeyId !== undefined && { kmsKeyId }),
      ...(bucketKeyEnabled && algorithm === 'aws:kms' && { bucketKeyEnabled }),
    },
  }
}

/** The members of a request that say how its object is encrypted. */
export interface EncryptionMembers {
  readonly ServerSideEncryption?: string | undefined
  readonly SSEKMSKeyId?: string | undefined
  readonly BucketKeyEnabled?: boolean | undefined
}

/** What is known of where an object goes that says how it is encrypted. */
export type EncryptingBucket = Pick<Bucket, 'encryption' | 'region' | 'ownerAccountId'>

/**
 * The key of S3 itself (`aws/s3`), by which KMS encrypts where nobody names one: always the same in an account and region.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html
 */
export function withKey(encryption: ObjectEncryption, bucket: EncryptingBucket): ObjectEncryption {
  if (!encryption.algorithm.startsWith('aws:kms') || encryption.kmsKeyId !== undefined) return encryption
  const { region, ownerAccountId: accountId } = bucket
  const digest = createHash('sha256').update(`aws/s3 of ${accountId} in ${region}`).digest('hex')
  const [a, b, c, d, e] = [8, 4, 4, 4, 12].map((length, at) =>
    digest.slice([0, 8, 12, 16, 20][at] ?? 0).slice(0, length),
  )
  const resource = `key/${[a, b, c, d, e].join('-')}`
  return { ...encryption, kmsKeyId: formatArn({ service: 'kms', region, accountId, resource }) }
}

/**
 * How an object is encrypted whose writer says so.
 * @throws AwsError InvalidArgument
 */
export function readEncryption(input: EncryptionMembers, bucket: EncryptingBucket): ObjectEncryption {
  const { encryption } = bucket
  const algorithm = input.ServerSideEncryption ?? encryption?.ofObjects.algorithm ?? 'AES256'
  const header = 'x-amz-server-side-encryption'
  if (!encryptionAlgorithms.has(algorithm)) {
    throw invalidArgument('The encryption method specified is not supported', header, algorithm)
  }
  if (input.SSEKMSKeyId !== undefined && !input.ServerSideEncryption?.startsWith('aws:kms')) {
    const message = `Server Side Encryption with AWS KMS managed key requires HTTP header ${header} : aws:kms`
    throw invalidArgument(message, header, input.ServerSideEncryption)
  }
  const fallback = input.ServerSideEncryption === undefined ? encryption?.ofObjects.kmsKeyId : undefined
  const kmsKeyId = input.SSEKMSKeyId ?? fallback
  const bucketKeyEnabled = input.BucketKeyEnabled ?? encryption?.rule.BucketKeyEnabled ?? false
  const said = {
    algorithm,
    ...(kmsKeyId !== undefined && { kmsKeyId }),
    ...(bucketKeyEnabled && algorithm === 'aws:kms' && { bucketKeyEnabled }),
  }
  return withKey(said, bucket)
}
