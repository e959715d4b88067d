import type { CreatePolicyRequest } from '@aws-sdk/client-iam'
import type { OperationContext } from '../../../cloud/operation.ts'
import { entityAlreadyExists, limitExceeded, quotaExceeded } from '../errors.ts'
import { createUniqueId, currentSecond, resourceArn } from '../identifiers.ts'
import { accountQuotas, maxPolicyVersions } from '../limits.ts'
import type { IamState, ManagedPolicy, PolicyVersion } from '../state.ts'
import { readTags } from '../tags.ts'

/**
 * Creates a managed policy; its document has been checked.
 * @throws AwsError EntityAlreadyExists, LimitExceeded
 */
export function createManagedPolicy(
  state: IamState,
  {
    PolicyName: name = '',
    PolicyDocument: document = '',
    Path: path = '/',
    Description,
    Tags,
  }: CreatePolicyRequest,
  context: OperationContext,
): ManagedPolicy {
  const lower = name.toLowerCase()
  if ([...state.policies.values()].some(each => each.name.toLowerCase() === lower))
    throw entityAlreadyExists(`A policy called ${name} already exists. Duplicate names are not allowed.`)
  if (state.policies.size >= accountQuotas.PoliciesPerAccount)
    throw quotaExceeded('PoliciesPerAccount', accountQuotas.PoliciesPerAccount)
  const createdAt = currentSecond(context)
  const policy: ManagedPolicy = {
    id: createUniqueId('policy', context),
    name,
    path,
    arn: resourceArn('policy', { accountId: context.accountId, path, name }),
    description: Description,
    createdAt,
    updatedAt: createdAt,
    versions: new Map([['v1', { id: 'v1', document, createdAt }]]),
    defaultVersionId: 'v1',
    nextVersion: 2,
    tags: readTags(Tags),
  }
  state.policies.set(policy.arn, policy)
  return policy
}

/**
 * Adds a version; its document has been checked.
 * @throws AwsError LimitExceeded
 */
export function addVersion(
  policy: ManagedPolicy,
  document: string,
  context: OperationContext,
): PolicyVersion {
  if (policy.versions.size >= maxPolicyVersions) {
    throw limitExceeded(
      `A managed policy can have up to ${maxPolicyVersions} versions. Before you create a new version, you must delete an existing version.`,
    )
  }
  const version = { id: `v${policy.nextVersion}`, document, createdAt: currentSecond(context) }
  policy.nextVersion += 1
  policy.versions.set(version.id, version)
  policy.updatedAt = version.createdAt
  return version
}
