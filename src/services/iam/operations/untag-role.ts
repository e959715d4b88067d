import type { UntagRoleRequest } from '@aws-sdk/client-iam'
import type { Operation } from '../../../cloud/operation.ts'
import { findOwnRole } from '../identities/find.ts'
import type { IamState } from '../state.ts'
import { removeTags } from '../tags.ts'
import { checkInput } from '../validation.ts'

/**
 * Takes tags from a role.
 * Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_UntagRole.html
 */
export const untagRole: Operation<IamState, UntagRoleRequest, Record<string, never>> = (state, input) => {
  checkInput(input, ['RoleName', 'TagKeys'])
  removeTags(findOwnRole(state, input.RoleName), input.TagKeys)
  return {}
}
