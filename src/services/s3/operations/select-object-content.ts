import type { SelectObjectContentRequest } from '@aws-sdk/client-s3'
import type { Operation } from '../../../cloud/operation.ts'
import { findBucket } from '../buckets/find.ts'
import { closedByAws } from '../errors.ts'
import type { OnKey } from '../input.ts'
import type { S3State } from '../state.ts'

type Input = OnKey<SelectObjectContentRequest>

/**
 * S3 Select is closed to whoever did not use it before 25 July 2024; everybody is new here.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_SelectObjectContent.html
 */
export const selectObjectContent: Operation<S3State, Input, never> = (state, input, context) => {
  findBucket(state, input, context)
  throw closedByAws('POST')
}
