import type { UpdateRoleDescriptionRequest, UpdateRoleDescriptionResponse } from '@aws-sdk/client-iam'
import type { Operation } from '../../../cloud/operation.ts'
import { describeRoleWhole } from '../identities/answer.ts'
import { findOwnRole } from '../identities/find.ts'
import type { IamState } from '../state.ts'
import { checkInput } from '../validation.ts'

/**
 * Changes a role's description.
 * Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateRoleDescription.html
 */
export const updateRoleDescription: Operation<
  IamState,
  UpdateRoleDescriptionRequest,
  UpdateRoleDescriptionResponse
> = (state, input) => {
  checkInput(input, ['RoleName'])
  const role = findOwnRole(state, input.RoleName)
  role.description = input.Description
  return { Role: describeRoleWhole(role) }
}
