import type { PutBucketRequestPaymentRequest } from '@aws-sdk/client-s3'
import type { Operation } from '../../../cloud/operation.ts'
import { findBucket } from '../buckets/find.ts'
import { malformedXml } from '../errors.ts'
import type { InBucket } from '../input.ts'
import type { S3State } from '../state.ts'

/**
 * Says who pays for requests.
 * DIFFERS: nobody pays anything here, so that nobody is refused who did not say that he would.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketRequestPayment.html
 */
export const putBucketRequestPayment: Operation<S3State, InBucket<PutBucketRequestPaymentRequest>, object> = (
  state,
  input,
  context,
) => {
  const bucket = findBucket(state, input, context)
  const payer = input.RequestPaymentConfiguration?.Payer
  if (payer !== 'BucketOwner' && payer !== 'Requester') throw malformedXml()
  bucket.payer = payer
  return {}
}
