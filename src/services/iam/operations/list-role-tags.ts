import type { ListRoleTagsRequest, ListRoleTagsResponse } from '@aws-sdk/client-iam'
import type { Operation } from '../../../cloud/operation.ts'
import { findRole } from '../identities/find.ts'
import type { IamState } from '../state.ts'
import { listTags } from '../tags.ts'
import { checkInput } from '../validation.ts'

/**
 * Lists the tags of a role.
 * Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListRoleTags.html
 */
export const listRoleTags: Operation<IamState, ListRoleTagsRequest, ListRoleTagsResponse> = (
  state,
  input,
) => {
  checkInput(input, ['RoleName'])
  return listTags(findRole(state, input.RoleName), input)
}
