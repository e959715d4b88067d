import type { UntagInstanceProfileRequest } from '@aws-sdk/client-iam'
import type { Operation } from '../../../cloud/operation.ts'
import { findInstanceProfile } from '../account/instance-profiles.ts'
import type { IamState } from '../state.ts'
import { removeTags } from '../tags.ts'
import { checkInput } from '../validation.ts'

/**
 * Takes tags from a instance profile.
 * Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_UntagInstanceProfile.html
 */
export const untagInstanceProfile: Operation<IamState, UntagInstanceProfileRequest, Record<string, never>> = (
  state,
  input,
) => {
  checkInput(input, ['InstanceProfileName', 'TagKeys'])
  removeTags(findInstanceProfile(state, input.InstanceProfileName), input.TagKeys)
  return {}
}
