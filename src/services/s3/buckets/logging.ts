import type { LoggingEnabled } from '@aws-sdk/client-s3'
import { malformedXml } from '../errors.ts'
import type { Bucket, S3State } from '../state.ts'
import { logOfOtherOwner, logOfOtherRegion, noBucketForLog } from './errors.ts'

/**
 * Where a bucket's access log goes.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketLogging.html
 * @throws AwsError MalformedXML, InvalidTargetBucketForLogging, CrossLocationLoggingProhibitted
 */
export function readLogging(
  logging: LoggingEnabled,
  { state, bucket }: { readonly state: S3State; readonly bucket: Bucket },
): LoggingEnabled {
  const { TargetBucket: targetName } = logging
  if (!targetName) throw malformedXml()
  const target = state.buckets.get(targetName)
  if (target === undefined) throw noBucketForLog(targetName)
  if (target.ownerAccountId !== bucket.ownerAccountId) throw logOfOtherOwner(targetName)
  if (target.region !== bucket.region) throw logOfOtherRegion(bucket.region, target.region)
  return { ...logging, TargetPrefix: logging.TargetPrefix ?? '' }
}
