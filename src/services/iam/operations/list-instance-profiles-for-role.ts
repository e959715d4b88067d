import type {
  ListInstanceProfilesForRoleRequest,
  ListInstanceProfilesForRoleResponse,
} from '@aws-sdk/client-iam'
import type { Operation } from '../../../cloud/operation.ts'
import { describeProfile } from '../account/instance-profiles.ts'
import { findRole } from '../identities/find.ts'
import { cutPage } from '../paging.ts'
import type { IamState } from '../state.ts'
import { checkInput } from '../validation.ts'

/**
 * Lists the instance profiles that carry a role.
 * Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListInstanceProfilesForRole.html
 */
export const listInstanceProfilesForRole: Operation<
  IamState,
  ListInstanceProfilesForRoleRequest,
  ListInstanceProfilesForRoleResponse
> = (state, input) => {
  checkInput(input, ['RoleName'])
  const role = findRole(state, input.RoleName)
  const profiles = [...state.instanceProfiles.values()].filter(({ roleId }) => roleId === role.id)
  const { items, ...page } = cutPage(profiles, ({ name }) => name, input)
  return { InstanceProfiles: items.map(profile => describeProfile(state, profile)), ...page }
}
