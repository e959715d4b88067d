import type { GetObjectTorrentRequest } from '@aws-sdk/client-s3'
import type { Operation } from '../../../cloud/operation.ts'
import { findBucket } from '../buckets/find.ts'
import { closedByAws } from '../errors.ts'
import type { OnKey } from '../input.ts'
import { findObject } from '../objects/versions.ts'
import type { S3State } from '../state.ts'

type Input = OnKey<GetObjectTorrentRequest>

/**
 * AWS ended BitTorrent on 29 April 2022 and never had it in its newer regions.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObjectTorrent.html
 */
export const getObjectTorrent: Operation<S3State, Input, never> = (state, input, context) => {
  findObject(findBucket(state, input, context), input, 'GET')
  throw closedByAws('GET')
}
