import type { RemoveRoleFromInstanceProfileRequest } from '@aws-sdk/client-iam'
import type { Operation } from '../../../cloud/operation.ts'
import { findInstanceProfile } from '../account/instance-profiles.ts'
import { noSuchEntity } from '../errors.ts'
import { findRole } from '../identities/find.ts'
import type { IamState } from '../state.ts'
import { checkInput } from '../validation.ts'

/**
 * Takes the role out of an instance profile.
 * Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_RemoveRoleFromInstanceProfile.html
 */
export const removeRoleFromInstanceProfile: Operation<
  IamState,
  RemoveRoleFromInstanceProfileRequest,
  Record<string, never>
> = (state, input) => {
  checkInput(input, ['InstanceProfileName', 'RoleName'])
  const profile = findInstanceProfile(state, input.InstanceProfileName)
  const role = findRole(state, input.RoleName)
  if (profile.roleId !== role.id)
    throw noSuchEntity(`Cannot find role ${role.name} in instance profile ${profile.name}.`)
  profile.roleId = undefined
  return {}
}
