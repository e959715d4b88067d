import type { DeletePolicyRequest } from '@aws-sdk/client-iam'
import type { Operation } from '../../../cloud/operation.ts'
import { deleteConflict } from '../errors.ts'
import { attachedTo, boundedBy, findOwnPolicy } from '../policies/find.ts'
import type { IamState } from '../state.ts'
import { checkInput } from '../validation.ts'

/**
 * Deletes a managed policy that nobody has and that has only its default version.
 * Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeletePolicy.html
 */
export const deletePolicy: Operation<IamState, DeletePolicyRequest, Record<string, never>> = (
  state,
  input,
) => {
  checkInput(input, ['PolicyArn'])
  const policy = findOwnPolicy(state, input.PolicyArn)
  if (attachedTo(state, policy.arn).length > 0 || boundedBy(state, policy.arn).length > 0)
    throw deleteConflict('Cannot delete a policy attached to entities.')
  if (policy.versions.size > 1)
    throw deleteConflict(
      "This policy has more than one version. Before you delete a policy, you must delete the policy's versions. The default version is deleted with the policy.",
    )
  state.policies.delete(policy.arn)
  return {}
}
