import type { CreateInstanceProfileRequest, CreateInstanceProfileResponse } from '@aws-sdk/client-iam'
import type { Operation } from '../../../cloud/operation.ts'
import { createProfile, describeProfile } from '../account/instance-profiles.ts'
import type { IamState } from '../state.ts'
import { checkInput } from '../validation.ts'

/**
 * Creates an instance profile, which carries a role to an EC2 instance.
 * Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateInstanceProfile.html
 */
export const createInstanceProfile: Operation<
  IamState,
  CreateInstanceProfileRequest,
  CreateInstanceProfileResponse
> = (state, input, context) => {
  checkInput(input, ['InstanceProfileName'])
  const profile = createProfile(state, input, context)
  return { InstanceProfile: describeProfile(state, profile) }
}
