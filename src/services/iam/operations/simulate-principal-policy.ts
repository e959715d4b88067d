import type { SimulatePolicyResponse, SimulatePrincipalPolicyRequest } from '@aws-sdk/client-iam'
import type { Operation } from '../../../cloud/operation.ts'
import { answerSimulation, requirePolicies } from '../simulation/answer.ts'
import { inputPolicies, resourceSimulation } from '../simulation/input.ts'
import { findIdentityByArn, principalOf, simulationOf } from '../simulation/principal.ts'
import type { IamState } from '../state.ts'
import { checkInput } from '../validation.ts'

/**
 * Tells what a user, role or group may do with the policies that it has.
 * Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_SimulatePrincipalPolicy.html
 */
export const simulatePrincipalPolicy: Operation<
  IamState,
  SimulatePrincipalPolicyRequest,
  SimulatePolicyResponse
> = (state, input, context) => {
  checkInput(input, ['PolicySourceArn', 'ActionNames'])
  requirePolicies([...(input.PolicyInputList ?? []), ...(input.PermissionsBoundaryPolicyInputList ?? [])])
  const own = simulationOf(state, findIdentityByArn(state, input.PolicySourceArn))
  const [boundary = own.boundary] = inputPolicies('PermissionsBoundaryPolicyInputList', input)
  return answerSimulation(
    {
      principal: principalOf(input.CallerArn ?? input.PolicySourceArn),
      identity: [...own.identity, ...inputPolicies('PolicyInputList', input)],
      boundary,
      ...resourceSimulation(input, context),
      contextEntries: input.ContextEntries,
    },
    input,
  )
}
