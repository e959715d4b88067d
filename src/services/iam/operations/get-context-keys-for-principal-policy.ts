import type {
  GetContextKeysForPolicyResponse,
  GetContextKeysForPrincipalPolicyRequest,
} from '@aws-sdk/client-iam'
import type { Operation } from '../../../cloud/operation.ts'
import { parsePolicy } from '../../../cloud/policy/policy.ts'
import { requirePolicies } from '../simulation/answer.ts'
import { findIdentityByArn, simulationOf } from '../simulation/principal.ts'
import { neededKeys } from '../simulation/simulate.ts'
import type { IamState } from '../state.ts'
import { checkInput } from '../validation.ts'

/**
 * Lists the condition keys that the policies of a user, role or group ask for.
 * Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetContextKeysForPrincipalPolicy.html
 */
export const getContextKeysForPrincipalPolicy: Operation<
  IamState,
  GetContextKeysForPrincipalPolicyRequest,
  GetContextKeysForPolicyResponse
> = (state, input) => {
  checkInput(input, ['PolicySourceArn'])
  const added = input.PolicyInputList ?? []
  requirePolicies(added)
  const own = simulationOf(state, findIdentityByArn(state, input.PolicySourceArn)).identity
  const keys = [...own.map(({ document }) => document), ...added].flatMap(document =>
    neededKeys(parsePolicy(document)),
  )
  return { ContextKeyNames: [...new Set(keys)] }
}
