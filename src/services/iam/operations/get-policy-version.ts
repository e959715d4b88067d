import type { GetPolicyVersionRequest, GetPolicyVersionResponse } from '@aws-sdk/client-iam'
import type { Operation } from '../../../cloud/operation.ts'
import { describeVersionWhole } from '../policies/answer.ts'
import { findPolicy, findVersion } from '../policies/find.ts'
import type { IamState } from '../state.ts'
import { checkInput } from '../validation.ts'

/**
 * Gives the document of a version of a managed policy.
 * Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetPolicyVersion.html
 */
export const getPolicyVersion: Operation<IamState, GetPolicyVersionRequest, GetPolicyVersionResponse> = (
  state,
  input,
) => {
  checkInput(input, ['PolicyArn', 'VersionId'])
  const policy = findPolicy(state, input.PolicyArn)
  return { PolicyVersion: describeVersionWhole(policy, findVersion(policy, input.VersionId)) }
}
