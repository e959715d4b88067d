import type { TagInstanceProfileRequest } from '@aws-sdk/client-iam'
import type { Operation } from '../../../cloud/operation.ts'
import { findInstanceProfile } from '../account/instance-profiles.ts'
import type { IamState } from '../state.ts'
import { addTags } from '../tags.ts'
import { checkInput } from '../validation.ts'

/**
 * Adds tags to a instance profile, or gives them new values.
 * Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_TagInstanceProfile.html
 */
export const tagInstanceProfile: Operation<IamState, TagInstanceProfileRequest, Record<string, never>> = (
  state,
  input,
) => {
  checkInput(input, ['InstanceProfileName', 'Tags'])
  addTags(findInstanceProfile(state, input.InstanceProfileName), input.Tags)
  return {}
}
