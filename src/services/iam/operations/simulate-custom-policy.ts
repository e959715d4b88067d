import type { SimulateCustomPolicyRequest, SimulatePolicyResponse } from '@aws-sdk/client-iam'
import type { Operation } from '../../../cloud/operation.ts'
import { formatArn } from '../../../core/arn.ts'
import { answerSimulation, requirePolicies } from '../simulation/answer.ts'
import { inputPolicies, resourceSimulation } from '../simulation/input.ts'
import { principalOf } from '../simulation/principal.ts'
import type { IamState } from '../state.ts'
import { checkInput } from '../validation.ts'

/**
 * Tells what somebody with the given policies might do.
 * Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_SimulateCustomPolicy.html
 */
export const simulateCustomPolicy: Operation<
  IamState,
  SimulateCustomPolicyRequest,
  SimulatePolicyResponse
> = (_state, input, context) => {
  checkInput(input, ['PolicyInputList', 'ActionNames'])
  requirePolicies([...input.PolicyInputList, ...(input.PermissionsBoundaryPolicyInputList ?? [])])
  const { accountId } = context
  const caller = input.CallerArn ?? formatArn({ service: 'iam', accountId, resource: 'user/simulated' })
  return answerSimulation(
    {
      principal: principalOf(caller),
      identity: inputPolicies('PolicyInputList', input),
      boundary: inputPolicies('PermissionsBoundaryPolicyInputList', input)[0],
      ...resourceSimulation(input, context),
      contextEntries: input.ContextEntries,
    },
    input,
  )
}
