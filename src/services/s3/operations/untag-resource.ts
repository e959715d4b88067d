import type { Operation } from '../../../cloud/operation.ts'
import { findTagged, type TaggedReference } from '../control/tagged.ts'
import type { S3State } from '../state.ts'

type Input = TaggedReference & { readonly TagKeys?: readonly string[] }

/**
 * Takes tags from a bucket; keys that are not there are fine.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_control_UntagResource.html
 */
export const untagResource: Operation<S3State, Input, object> = (state, input, context) => {
  const bucket = findTagged(state, input, context)
  const left = (bucket.tags ?? []).filter(({ Key }) => !input.TagKeys?.includes(Key ?? ''))
  if (left.length === 0) delete bucket.tags
  else bucket.tags = left
  return {}
}
