import type { Principal } from '../../../cloud/policy/principal.ts'
import { parseArn } from '../../../core/arn.ts'
import { invalidInput, noSuchEntity } from '../errors.ts'
import { findGroup, findRole, findUser } from '../identities/find.ts'
import { effectivePolicies, managedPolicy } from '../policies/effective.ts'
import type { AnyIdentity, IamState } from '../state.ts'
import type { Simulation } from './simulate.ts'

/**
 * The user, role or group of an ARN.
 * @throws AwsError InvalidInput, NoSuchEntity
 */
export function findIdentityByArn(state: IamState, arn: string): AnyIdentity {
  const resource = parseArn(arn)?.resource ?? ''
  const name = resource.slice(resource.lastIndexOf('/') + 1)
  const kind = resource.slice(0, resource.indexOf('/'))
  const find = { user: findUser, role: findRole, group: findGroup }[kind]
  if (!find || !arn.startsWith('arn:aws:iam::')) throw invalidInput(`Invalid Entity Arn: ${arn}`)
  const identity = find(state, name)
  if (identity.arn !== arn) throw noSuchEntity(`Entity ${arn} cannot be found.`)
  return identity
}

/** The part of a simulation that a user, role or group brings with it. */
export function simulationOf(
  state: IamState,
  identity: AnyIdentity,
): Pick<Simulation, 'identity' | 'boundary'> {
  const boundary = identity.boundary === undefined ? undefined : managedPolicy(state, identity.boundary)
  return { identity: effectivePolicies(state, identity), boundary }
}

/** A principal as policies see it, by its ARN. */
export function principalOf(arn: string): Principal {
  return { kind: 'aws', arn, roleArn: arn, accountId: parseArn(arn)?.accountId ?? '' }
}
