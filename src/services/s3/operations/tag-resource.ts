import type { Tag } from '@aws-sdk/client-s3'
import type { Operation } from '../../../cloud/operation.ts'
import { findTagged, type TaggedReference } from '../control/tagged.ts'
import type { S3State } from '../state.ts'
import { validateTags } from '../tags/tags.ts'

type Input = TaggedReference & { readonly Tags?: readonly Tag[] }

/**
 * Adds tags to a bucket; those of the same key are replaced.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_control_TagResource.html
 */
export const tagResource: Operation<S3State, Input, object> = (state, input, context) => {
  const bucket = findTagged(state, input, context)
  const added = validateTags(input.Tags, 'bucket')
  const kept = (bucket.tags ?? []).filter(tag => !added.some(({ Key }) => Key === tag.Key))
  bucket.tags = validateTags([...kept, ...added], 'bucket')
  return {}
}
