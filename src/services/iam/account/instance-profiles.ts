import type {
  CreateInstanceProfileRequest,
  InstanceProfile as InstanceProfileAnswer,
} from '@aws-sdk/client-iam'
import type { OperationContext } from '../../../cloud/operation.ts'
import { entityAlreadyExists, noSuchEntity, quotaExceeded } from '../errors.ts'
import { createUniqueId, currentSecond, resourceArn } from '../identifiers.ts'
import { describeRole } from '../identities/answer.ts'
import { accountQuotas } from '../limits.ts'
import type { IamState, InstanceProfile } from '../state.ts'
import { readTags, tagsMember } from '../tags.ts'

/** @throws AwsError NoSuchEntity */
export function findInstanceProfile({ instanceProfiles }: IamState, name: string): InstanceProfile {
  const profile = instanceProfiles.get(name)
  if (!profile) throw noSuchEntity(`Instance Profile ${name} cannot be found.`)
  return profile
}

/** @throws AwsError EntityAlreadyExists, LimitExceeded */
export function createProfile(
  { instanceProfiles }: IamState,
  { InstanceProfileName: name = '', Path: path = '/', Tags }: CreateInstanceProfileRequest,
  context: OperationContext,
): InstanceProfile {
  const lower = name.toLowerCase()
  if ([...instanceProfiles.keys()].some(each => each.toLowerCase() === lower))
    throw entityAlreadyExists(`Instance Profile ${name} already exists.`)
  if (instanceProfiles.size >= accountQuotas.InstanceProfilesPerAccount)
    throw quotaExceeded('InstanceProfilesPerAccount', accountQuotas.InstanceProfilesPerAccount)
  const profile: InstanceProfile = {
    id: createUniqueId('instance-profile', context),
    name,
    path,
    arn: resourceArn('instance-profile', { accountId: context.accountId, path, name }),
    createdAt: currentSecond(context),
    roleId: undefined,
    tags: readTags(Tags),
  }
  instanceProfiles.set(name, profile)
  return profile
}

/** A profile as every answer carries it. */
export function describeProfile({ roles }: IamState, profile: InstanceProfile): InstanceProfileAnswer {
  const role = [...roles.values()].find(({ id }) => id === profile.roleId)
  return {
    Path: profile.path,
    InstanceProfileName: profile.name,
    InstanceProfileId: profile.id,
    Arn: profile.arn,
    CreateDate: new Date(profile.createdAt),
    Roles: role ? [describeRole(role)] : [],
    ...tagsMember(profile),
  }
}
