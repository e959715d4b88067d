import type {
  EvaluationResult,
  SimulateCustomPolicyRequest,
  SimulatePolicyResponse,
} from '@aws-sdk/client-iam'
import { findIdentityPolicyFault } from '../../../cloud/policy/identity-faults.ts'
import { constraintErrors, invalidInput } from '../errors.ts'
import { cutPage } from '../paging.ts'
import { describe } from '../validation.ts'
import { type Simulation, simulate } from './simulate.ts'

/** What both simulations ask for. */
export type SimulationRequest = Pick<
  SimulateCustomPolicyRequest,
  'ActionNames' | 'ResourceArns' | 'Marker' | 'MaxItems'
>

/** Decides every action on every resource, page by page. */
export function answerSimulation(simulation: Simulation, request: SimulationRequest): SimulatePolicyResponse {
  const { ActionNames = [], ResourceArns = [] } = request
  checkActions(ActionNames)
  const resources = ResourceArns.length === 0 ? ['*'] : ResourceArns
  const questions = ActionNames.flatMap(action => resources.map(resource => ({ action, resource })))
  const results = questions.map((question, index) => ({
    position: String(index).padStart(9, '0'),
    result: (): EvaluationResult => simulate(simulation, question),
  }))
  const { items, ...page } = cutPage(results, ({ position }) => position, request)
  return { EvaluationResults: items.map(({ result }) => result()), ...page }
}

/** @throws AwsError ValidationError, InvalidInput */
function checkActions(actions: readonly string[]): void {
  const short = actions.findIndex(action => action.length < 3)
  if (short !== -1) {
    const member = `actionNames.${short + 1}.member`
    throw constraintErrors([
      describe(member, actions[short], 'Member must have length greater than or equal to 3'),
    ])
  }
  const wrong = actions.find(action => !/^[\w-]+:[\w*?]+$/.test(action))
  if (wrong !== undefined) throw invalidInput(`Invalid Action: ${wrong}`)
}

/**
 * Refuses input documents that are no policies.
 * @throws AwsError InvalidInput
 */
export function requirePolicies(documents: readonly string[]): void {
  for (const document of documents) {
    const fault = findIdentityPolicyFault(document)
    if (fault !== undefined) throw invalidInput(`Invalid policy document: ${fault}`)
  }
}
