import type { GetInstanceProfileRequest, GetInstanceProfileResponse } from '@aws-sdk/client-iam'
import type { Operation } from '../../../cloud/operation.ts'
import { describeProfile, findInstanceProfile } from '../account/instance-profiles.ts'
import type { IamState } from '../state.ts'
import { checkInput } from '../validation.ts'

/**
 * Describes an instance profile.
 * Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetInstanceProfile.html
 */
export const getInstanceProfile: Operation<
  IamState,
  GetInstanceProfileRequest,
  GetInstanceProfileResponse
> = (state, input) => {
  checkInput(input, ['InstanceProfileName'])
  return { InstanceProfile: describeProfile(state, findInstanceProfile(state, input.InstanceProfileName)) }
}
