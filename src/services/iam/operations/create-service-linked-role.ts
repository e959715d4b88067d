import type { CreateServiceLinkedRoleRequest, CreateServiceLinkedRoleResponse } from '@aws-sdk/client-iam'
import type { Operation } from '../../../cloud/operation.ts'
import { describeRole } from '../identities/answer.ts'
import { createLinkedRole } from '../identities/linked-roles.ts'
import type { IamState } from '../state.ts'
import { checkInput } from '../validation.ts'

/**
 * Creates the role by which a service of AWS acts in the account.
 * Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateServiceLinkedRole.html
 */
export const createServiceLinkedRole: Operation<
  IamState,
  CreateServiceLinkedRoleRequest,
  CreateServiceLinkedRoleResponse
> = (state, input, context) => {
  checkInput(input, ['AWSServiceName'])
  const role = createLinkedRole(state, input, context)
  return { Role: describeRole(role) }
}
