import type { GetBucketRequestPaymentOutput, GetBucketRequestPaymentRequest } from '@aws-sdk/client-s3'
import type { Operation } from '../../../cloud/operation.ts'
import { findBucket } from '../buckets/find.ts'
import type { Answer, InBucket } from '../input.ts'
import type { S3State } from '../state.ts'

type Input = InBucket<GetBucketRequestPaymentRequest>

/**
 * Tells who pays for requests.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketRequestPayment.html
 */
export const getBucketRequestPayment: Operation<S3State, Input, Answer<GetBucketRequestPaymentOutput>> = (
  state,
  input,
  context,
) => {
  return { Payer: findBucket(state, input, context).payer ?? 'BucketOwner' }
}
