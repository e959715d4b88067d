import type {
  GetContextKeysForCustomPolicyRequest,
  GetContextKeysForPolicyResponse,
} from '@aws-sdk/client-iam'
import type { Operation } from '../../../cloud/operation.ts'
import { parsePolicy } from '../../../cloud/policy/policy.ts'
import { requirePolicies } from '../simulation/answer.ts'
import { neededKeys } from '../simulation/simulate.ts'
import type { IamState } from '../state.ts'
import { checkInput } from '../validation.ts'

/**
 * Lists the condition keys that policies ask for.
 * Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetContextKeysForCustomPolicy.html
 */
export const getContextKeysForCustomPolicy: Operation<
  IamState,
  GetContextKeysForCustomPolicyRequest,
  GetContextKeysForPolicyResponse
> = (_state, input) => {
  checkInput(input, ['PolicyInputList'])
  requirePolicies(input.PolicyInputList)
  const keys = input.PolicyInputList.flatMap(document => neededKeys(parsePolicy(document)))
  return { ContextKeyNames: [...new Set(keys)] }
}
