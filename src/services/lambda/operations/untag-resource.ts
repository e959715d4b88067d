import type { UntagResourceRequest } from '@aws-sdk/client-lambda'
import { findTagged } from '../functions/tagged.ts'
import type { LambdaOperation } from '../operation.ts'
import { missing, refuseFailures } from '../validation.ts'

/**
 * Takes tags away; keys that are not there are fine.
 * https://docs.aws.amazon.com/lambda/latest/api/API_UntagResource.html
 */
export const untagResource: LambdaOperation<UntagResourceRequest, object> = (state, input, context) => {
  const keys = [input.TagKeys ?? []].flat()
  if (keys.length === 0) refuseFailures([missing('tagKeys')])
  const owner = findTagged(state, input.Resource ?? '', context)
  owner.tags = new Map([...owner.tags].filter(([key]) => !keys.includes(key)))
  owner.latest.revisionId = context.ids.uuid()
  return {}
}
