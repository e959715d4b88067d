import type { GetObjectOutput, GetObjectRequest } from '@aws-sdk/client-s3'
import type { Operation } from '../../../cloud/operation.ts'
import type { ResponseBody } from '../../../wire/body.ts'
import { findBucket } from '../buckets/find.ts'
import { openingKey } from '../customer-keys/keys.ts'
import type { Answer, OnKey } from '../input.ts'
import { describeObject } from '../objects/answer.ts'
import { checkReadConditions } from '../objects/conditions.ts'
import { readBytes } from '../objects/read.ts'
import { readSpanOf } from '../objects/span.ts'
import { findObject } from '../objects/versions.ts'
import { requireReadable } from '../restore/restoration.ts'
import type { S3State } from '../state.ts'

type Output = Answer<Omit<GetObjectOutput, 'Body'>> & { readonly Body: ResponseBody }

/**
 * Reads an object, or a range or a part of it.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html
 */
export const getObject: Operation<S3State, OnKey<GetObjectRequest>, Output> = (state, input, context) => {
  const bucket = findBucket(state, input, context)
  const object = findObject(bucket, input, 'GET')
  const now = context.clock.now()
  requireReadable(object, now)
  checkReadConditions(input, object, now)
  const key = openingKey(object.attributes.encryption, input)?.bytes
  const span = readSpanOf(object, input)
  const bytes = key ? { blobs: object.blobs, ivs: object.ivs, key } : object
  return { ...describeObject({ bucket, object, now }, input, span), Body: readBytes(bytes, span, context) }
}
