import type { PutObjectRetentionOutput, PutObjectRetentionRequest } from '@aws-sdk/client-s3'
import type { Operation } from '../../../cloud/operation.ts'
import { findBucket } from '../buckets/find.ts'
import type { Answer, OnKey } from '../input.ts'
import { objectLockMissing, protectedByLock } from '../object-lock/errors.ts'
import { readRetention } from '../object-lock/read.ts'
import { findObjectForChange } from '../objects/versions.ts'
import type { Retention, S3State } from '../state.ts'

type Input = OnKey<PutObjectRetentionRequest>

/**
 * Says until when an object may not be deleted: longer at any time, shorter only past governance.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObjectRetention.html
 */
export const putObjectRetention: Operation<S3State, Input, Answer<PutObjectRetentionOutput>> = (
  state,
  input,
  context,
) => {
  const bucket = findBucket(state, input, context)
  if (bucket.objectLock === undefined) throw objectLockMissing()
  const object = findObjectForChange(bucket, input, 'PUT')
  const now = context.clock.now()
  const wanted = readRetention(input.Retention, now)
  const held = object.lock?.retention
  const isWeaker = held !== undefined && held.until > now && weakens(held, wanted)
  const maySo = held?.mode === 'GOVERNANCE' && input.BypassGovernanceRetention === true
  if (isWeaker && !maySo) throw protectedByLock()
  const { retention: _, ...kept } = object.lock ?? {}
  object.lock = { ...kept, ...(wanted && { retention: wanted }) }
  return {}
}

function weakens(held: Retention, wanted: Retention | undefined): boolean {
  return wanted === undefined || wanted.until < held.until || wanted.mode !== held.mode
}
