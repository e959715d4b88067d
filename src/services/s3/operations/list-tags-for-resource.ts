import type { Tag } from '@aws-sdk/client-s3'
import type { Operation } from '../../../cloud/operation.ts'
import { findTagged, type TaggedReference } from '../control/tagged.ts'
import type { S3State } from '../state.ts'

/**
 * Tells a bucket's tags, also where it has none.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_control_ListTagsForResource.html
 */
export const listTagsForResource: Operation<S3State, TaggedReference, { Tags: readonly Tag[] }> = (
  state,
  input,
  context,
) => ({ Tags: findTagged(state, input, context).tags ?? [] })
