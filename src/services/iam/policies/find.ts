import { foreignPolicy, invalidInput, noSuchEntity } from '../errors.ts'
import type { AnyIdentity, IamState, ManagedPolicy, PolicyVersion } from '../state.ts'
import { awsManagedPolicies } from './aws-managed.ts'

const policyArn = /^arn:aws:iam::(\d{12}|aws):policy\/.+$/

/** A managed policy, the account's or AWS's own, or `undefined`. */
export function lookUpPolicy(state: IamState, arn: string): ManagedPolicy | undefined {
  return state.policies.get(arn) ?? awsManagedPolicies.get(arn)
}

/**
 * The managed policy that an input names.
 * @throws AwsError NoSuchEntity, InvalidInput
 */
export function findPolicy(state: IamState, arn: string): ManagedPolicy {
  requirePolicyArn(arn)
  const policy = lookUpPolicy(state, arn)
  if (!policy) throw noSuchEntity(`Policy ${arn} was not found.`)
  return policy
}

/**
 * A managed policy that the account may change.
 * @throws AwsError NoSuchEntity, InvalidInput, AccessDenied
 */
export function findOwnPolicy(state: IamState, arn: string): ManagedPolicy {
  const policy = findPolicy(state, arn)
  if (!state.policies.has(arn)) throw foreignPolicy()
  return policy
}

/**
 * A managed policy that is to be attached, or to be a boundary.
 * @throws AwsError NoSuchEntity, InvalidInput
 */
export function findAttachablePolicy(state: IamState, arn: string): ManagedPolicy {
  requirePolicyArn(arn)
  const policy = lookUpPolicy(state, arn)
  if (!policy) throw noSuchEntity(`Policy ${arn} does not exist or is not attachable.`)
  return policy
}

/** @throws AwsError NoSuchEntity */
export function findVersion(policy: ManagedPolicy, versionId: string): PolicyVersion {
  const version = policy.versions.get(versionId)
  if (version) return version
  throw noSuchEntity(`Policy ${policy.arn} version ${versionId} does not exist or is not attachable.`)
}

/** The document of a policy's default version. */
export function defaultDocument(policy: ManagedPolicy): string {
  return findVersion(policy, policy.defaultVersionId).document
}

/** Everybody that a policy is attached to. */
export function attachedTo({ roles, users, groups }: IamState, arn: string): AnyIdentity[] {
  const all: AnyIdentity[] = [...roles.values(), ...users.values(), ...groups.values()]
  return all.filter(({ attachedPolicies }) => attachedPolicies.includes(arn))
}

/** Everybody that a policy limits. */
export function boundedBy({ roles, users }: IamState, arn: string): AnyIdentity[] {
  return [...roles.values(), ...users.values()].filter(({ boundary }) => boundary === arn)
}

/** @throws AwsError InvalidInput */
export function requirePolicyArn(arn: string): void {
  if (!policyArn.test(arn)) throw invalidInput(`ARN ${arn} is not valid.`)
}
