import type { GetRoleRequest, GetRoleResponse } from '@aws-sdk/client-iam'
import type { Operation } from '../../../cloud/operation.ts'
import { describeRoleWhole } from '../identities/answer.ts'
import { findRole } from '../identities/find.ts'
import type { IamState } from '../state.ts'
import { checkInput } from '../validation.ts'

/**
 * Describes a role.
 * Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetRole.html
 */
export const getRole: Operation<IamState, GetRoleRequest, GetRoleResponse> = (state, input) => {
  checkInput(input, ['RoleName'])
  return { Role: describeRoleWhole(findRole(state, input.RoleName)) }
}
