import type { DeleteInstanceProfileRequest } from '@aws-sdk/client-iam'
import type { Operation } from '../../../cloud/operation.ts'
import { findInstanceProfile } from '../account/instance-profiles.ts'
import { deleteConflict } from '../errors.ts'
import type { IamState } from '../state.ts'
import { checkInput } from '../validation.ts'

/**
 * Deletes an instance profile that holds no role.
 * Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteInstanceProfile.html
 */
export const deleteInstanceProfile: Operation<
  IamState,
  DeleteInstanceProfileRequest,
  Record<string, never>
> = (state, input) => {
  checkInput(input, ['InstanceProfileName'])
  const profile = findInstanceProfile(state, input.InstanceProfileName)
  if (profile.roleId !== undefined)
    throw deleteConflict('Cannot delete entity, must remove roles from instance profile first.')
  state.instanceProfiles.delete(profile.name)
  return {}
}
