import type { UpdateGroupRequest } from '@aws-sdk/client-iam'
import type { Operation } from '../../../cloud/operation.ts'
import { findGroup } from '../identities/find.ts'
import { renameIdentity } from '../identities/rename.ts'
import type { IamState } from '../state.ts'
import { checkInput } from '../validation.ts'

/**
 * Changes a group's name or path.
 * Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateGroup.html
 */
export const updateGroup: Operation<IamState, UpdateGroupRequest, Record<string, never>> = (
  state,
  input,
  context,
) => {
  checkInput(input, ['GroupName'])
  const group = findGroup(state, input.GroupName)
  renameIdentity(state, group, {
    name: input.NewGroupName,
    path: input.NewPath,
    accountId: context.accountId,
  })
  return {}
}
