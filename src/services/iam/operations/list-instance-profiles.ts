import type { ListInstanceProfilesRequest, ListInstanceProfilesResponse } from '@aws-sdk/client-iam'
import type { Operation } from '../../../cloud/operation.ts'
import { describeProfile } from '../account/instance-profiles.ts'
import { cutPage } from '../paging.ts'
import type { IamState } from '../state.ts'
import { checkInput } from '../validation.ts'

/**
 * Lists instance profiles by their path.
 * Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListInstanceProfiles.html
 */
export const listInstanceProfiles: Operation<
  IamState,
  ListInstanceProfilesRequest,
  ListInstanceProfilesResponse
> = (state, input) => {
  checkInput(input, [])
  const profiles = [...state.instanceProfiles.values()].filter(({ path }) =>
    path.startsWith(input.PathPrefix ?? '/'),
  )
  const { items, ...page } = cutPage(profiles, ({ name }) => name, input)
  return { InstanceProfiles: items.map(profile => describeProfile(state, profile)), ...page }
}
