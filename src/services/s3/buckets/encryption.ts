import type { ServerSideEncryptionConfiguration, ServerSideEncryptionRule } from '@aws-sdk/client-s3'
import { invalidArgument, malformedXml } from '../errors.ts'
import type { BucketEncryption, ObjectEncryption } from '../state.ts'

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

/**
 * How an object is encrypted whose writer says so.
 * @throws AwsError InvalidArgument
 */
export function readEncryption(
  input: EncryptionMembers,
  encryption: BucketEncryption | undefined,
): ObjectEncryption {
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
  return {
    algorithm,
    ...(kmsKeyId !== undefined && { kmsKeyId }),
    ...(bucketKeyEnabled && algorithm === 'aws:kms' && { bucketKeyEnabled }),
  }
}
