import type { TagRoleRequest } from '@aws-sdk/client-iam'
import type { Operation } from '../../../cloud/operation.ts'
import { findOwnRole } from '../identities/find.ts'
import type { IamState } from '../state.ts'
import { addTags } from '../tags.ts'
import { checkInput } from '../validation.ts'

/**
 * Adds tags to a role, or gives them new values.
 * Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_TagRole.html
 */
export const tagRole: Operation<IamState, TagRoleRequest, Record<string, never>> = (state, input) => {
  checkInput(input, ['RoleName', 'Tags'])
  addTags(findOwnRole(state, input.RoleName), input.Tags)
  return {}
}
