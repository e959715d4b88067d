import type { DeletePolicyVersionRequest } from '@aws-sdk/client-iam'
import type { Operation } from '../../../cloud/operation.ts'
import { deleteConflict } from '../errors.ts'
import { findOwnPolicy, findVersion } from '../policies/find.ts'
import type { IamState } from '../state.ts'
import { checkInput } from '../validation.ts'

/**
 * Deletes a version of a managed policy that is not its default.
 * Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeletePolicyVersion.html
 */
export const deletePolicyVersion: Operation<IamState, DeletePolicyVersionRequest, Record<string, never>> = (
  state,
  input,
) => {
  checkInput(input, ['PolicyArn', 'VersionId'])
  const policy = findOwnPolicy(state, input.PolicyArn)
  const version = findVersion(policy, input.VersionId)
  if (version.id === policy.defaultVersionId)
    throw deleteConflict('Cannot delete the default version of a policy.')
  policy.versions.delete(version.id)
  return {}
}
