import type { AddRoleToInstanceProfileRequest } from '@aws-sdk/client-iam'
import type { Operation } from '../../../cloud/operation.ts'
import { findInstanceProfile } from '../account/instance-profiles.ts'
import { quotaExceeded } from '../errors.ts'
import { findOwnRole } from '../identities/find.ts'
import type { IamState } from '../state.ts'
import { checkInput } from '../validation.ts'

/**
 * Puts a role into an instance profile, which holds one.
 * Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_AddRoleToInstanceProfile.html
 */
export const addRoleToInstanceProfile: Operation<
  IamState,
  AddRoleToInstanceProfileRequest,
  Record<string, never>
> = (state, input) => {
  checkInput(input, ['InstanceProfileName', 'RoleName'])
  const profile = findInstanceProfile(state, input.InstanceProfileName)
  const role = findOwnRole(state, input.RoleName)
  if (profile.roleId !== undefined) throw quotaExceeded('InstanceSessionsPerInstanceProfile', 1)
  profile.roleId = role.id
  return {}
}
