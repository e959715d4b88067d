import type { ListTagsRequest, ListTagsResponse } from '@aws-sdk/client-lambda'
import { findTagged } from '../functions/tagged.ts'
import type { LambdaOperation } from '../operation.ts'

/**
 * Tells a function's tags.
 * https://docs.aws.amazon.com/lambda/latest/api/API_ListTags.html
 */
export const listTags: LambdaOperation<ListTagsRequest, ListTagsResponse> = (state, input, context) => ({
  Tags: Object.fromEntries(findTagged(state, input.Resource ?? '', context).tags),
})
