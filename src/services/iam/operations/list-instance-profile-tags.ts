import type { ListInstanceProfileTagsRequest, ListInstanceProfileTagsResponse } from '@aws-sdk/client-iam'
import type { Operation } from '../../../cloud/operation.ts'
import { findInstanceProfile } from '../account/instance-profiles.ts'
import type { IamState } from '../state.ts'
import { listTags } from '../tags.ts'
import { checkInput } from '../validation.ts'

/**
 * Lists the tags of a instance profile.
 * Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListInstanceProfileTags.html
 */
export const listInstanceProfileTags: Operation<
  IamState,
  ListInstanceProfileTagsRequest,
  ListInstanceProfileTagsResponse
> = (state, input) => {
  checkInput(input, ['InstanceProfileName'])
  return listTags(findInstanceProfile(state, input.InstanceProfileName), input)
}
