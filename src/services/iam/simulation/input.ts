import type { SimulateCustomPolicyRequest } from '@aws-sdk/client-iam'
import type { OperationContext } from '../../../cloud/operation.ts'
import { findResourcePolicyFault } from '../../../cloud/policy/resource-faults.ts'
import { parseArn } from '../../../core/arn.ts'
import { invalidInput } from '../errors.ts'
import type { SimulatedPolicy, Simulation } from './simulate.ts'

type InputList = 'PolicyInputList' | 'PermissionsBoundaryPolicyInputList'

/** Policies that a simulation was given, named as AWS names them: `PolicyInputList.1`. */
export function inputPolicies(
  member: InputList,
  input: Partial<Pick<SimulateCustomPolicyRequest, InputList>>,
): SimulatedPolicy[] {
  return (input[member] ?? []).map((document, index) => ({
    id: `${member}.${index + 1}`,
    origin: 'none',
    document,
  }))
}

/**
 * The part of a simulation that the resource brings with it.
 * @throws AwsError InvalidInput
 */
export function resourceSimulation(
  {
    ResourcePolicy,
    ResourceOwner,
    CallerArn,
  }: Pick<SimulateCustomPolicyRequest, 'ResourcePolicy' | 'ResourceOwner' | 'CallerArn'>,
  { accountId }: OperationContext,
): Pick<Simulation, 'resource' | 'resourceAccountId'> {
  if (ResourcePolicy === undefined) return { resource: undefined, resourceAccountId: undefined }
  const fault = findResourcePolicyFault(ResourcePolicy, {
    prohibited: [],
    required: ['Effect', 'Principal', 'Action', 'Resource'],
    actionFault: () => undefined,
    resourceFault: () => undefined,
    isKnownPrincipal: () => true,
  })
  if (fault !== undefined) throw invalidInput(`Invalid resource policy: ${fault}`)
  return {
    resource: { id: 'ResourcePolicy', origin: 'resource', document: ResourcePolicy },
    resourceAccountId:
      parseArn(ResourceOwner ?? '')?.accountId ?? parseArn(CallerArn ?? '')?.accountId ?? accountId,
  }
}
