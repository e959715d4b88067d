import type { CreateGroupRequest, CreateGroupResponse } from '@aws-sdk/client-iam'
import type { Operation } from '../../../cloud/operation.ts'
import { describeGroup } from '../identities/answer.ts'
import { createIdentity } from '../identities/create.ts'
import { requireFreeName } from '../identities/find.ts'
import type { Group, IamState } from '../state.ts'
import { checkInput } from '../validation.ts'

/**
 * Creates a group.
 * Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateGroup.html
 */
export const createGroup: Operation<IamState, CreateGroupRequest, CreateGroupResponse> = (
  state,
  input,
  context,
) => {
  checkInput(input, ['GroupName'])
  requireFreeName(state, 'group', input.GroupName)
  const identity = createIdentity('group', { ...input, name: input.GroupName }, context)
  const group: Group = { ...identity, kind: 'group', userIds: new Set() }
  state.groups.set(group.name, group)
  return { Group: describeGroup(group) }
}
