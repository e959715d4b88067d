import type { Policy, PolicyVersion as PolicyVersionAnswer } from '@aws-sdk/client-iam'
import type { IamState, ManagedPolicy, PolicyVersion } from '../state.ts'
import { tagsMember } from '../tags.ts'
import { encodeDocument } from './documents.ts'
import { attachedTo, boundedBy } from './find.ts'

/** A policy as listings answer it. */
export function describePolicy(state: IamState, policy: ManagedPolicy): Policy {
  return {
    PolicyName: policy.name,
    PolicyId: policy.id,
    Arn: policy.arn,
    Path: policy.path,
    DefaultVersionId: policy.defaultVersionId,
    AttachmentCount: attachedTo(state, policy.arn).length,
    PermissionsBoundaryUsageCount: boundedBy(state, policy.arn).length,
    IsAttachable: true,
    CreateDate: new Date(policy.createdAt),
    UpdateDate: new Date(policy.updatedAt),
  }
}

/** A policy with what only an answer about it alone carries. */
export function describePolicyWhole(state: IamState, policy: ManagedPolicy): Policy {
  return {
    ...describePolicy(state, policy),
    ...(policy.description !== undefined && { Description: policy.description }),
    ...tagsMember(policy),
  }
}

/** A version without its document. */
export function describeVersion(policy: ManagedPolicy, version: PolicyVersion): PolicyVersionAnswer {
  return {
    VersionId: version.id,
    IsDefaultVersion: version.id === policy.defaultVersionId,
    CreateDate: new Date(version.createdAt),
  }
}

/** A version with its document. */
export function describeVersionWhole(policy: ManagedPolicy, version: PolicyVersion): PolicyVersionAnswer {
  return { Document: encodeDocument(version.document), ...describeVersion(policy, version) }
}
