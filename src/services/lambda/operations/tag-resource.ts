import type { TagResourceRequest } from '@aws-sdk/client-lambda'
import { invalidParameter } from '../errors.ts'
import { findTagged } from '../functions/tagged.ts'
import { checkTags, refuseTooMany } from '../functions/tags.ts'
import type { LambdaOperation } from '../operation.ts'

/**
 * Adds tags to a function; those with the same key are replaced.
 * https://docs.aws.amazon.com/lambda/latest/api/API_TagResource.html
 */
export const tagResource: LambdaOperation<TagResourceRequest, object> = (state, input, context) => {
  const owner = findTagged(state, input.Resource ?? '', context)
  const entries = Object.entries(input.Tags ?? {})
  if (entries.length === 0) throw invalidParameter('An error occurred and the request cannot be processed.')
  checkTags(input.Tags)
  const tags = new Map([...owner.tags, ...entries])
  refuseTooMany(tags.size)
  owner.tags = tags
  owner.latest.revisionId = context.ids.uuid()
  return {}
}
