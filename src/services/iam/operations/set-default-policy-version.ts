import type { SetDefaultPolicyVersionRequest } from '@aws-sdk/client-iam'
import type { Operation } from '../../../cloud/operation.ts'
import { currentSecond } from '../identifiers.ts'
import { findOwnPolicy, findVersion } from '../policies/find.ts'
import type { IamState } from '../state.ts'
import { checkInput } from '../validation.ts'

/**
 * Chooses the version of a managed policy that counts.
 * Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_SetDefaultPolicyVersion.html
 */
export const setDefaultPolicyVersion: Operation<
  IamState,
  SetDefaultPolicyVersionRequest,
  Record<string, never>
> = (state, input, context) => {
  checkInput(input, ['PolicyArn', 'VersionId'])
  const policy = findOwnPolicy(state, input.PolicyArn)
  policy.defaultVersionId = findVersion(policy, input.VersionId).id
  policy.updatedAt = currentSecond(context)
  return {}
}
