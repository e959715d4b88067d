import type { Tag } from '@aws-sdk/client-iam'
import type { OperationContext } from '../../../cloud/operation.ts'
import { noSuchEntity, validationError } from '../errors.ts'
import { createUniqueId, currentSecond, resourceArn } from '../identifiers.ts'
import { lookUpPolicy } from '../policies/find.ts'
import type { IamState, Identity } from '../state.ts'
import { readTags } from '../tags.ts'

/** What every new identity is made of. */
export interface NewIdentity {
  readonly name: string
  readonly Path?: string | undefined
  readonly Tags?: readonly Tag[] | undefined
  readonly boundary?: string | undefined
}

/** Makes the part that roles, users and groups have in common. */
export function createIdentity(
  kind: 'role' | 'user' | 'group',
  { name, Path = '/', Tags, boundary }: NewIdentity,
  context: OperationContext,
): Identity {
  return {
    id: createUniqueId(kind, context),
    name,
    path: Path,
    arn: resourceArn(kind, { accountId: context.accountId, path: Path, name }),
    createdAt: currentSecond(context),
    inlinePolicies: new Map(),
    attachedPolicies: [],
    tags: readTags(Tags),
    boundary,
  }
}

/**
 * Refuses a permissions boundary that is no managed policy.
 * @throws AwsError ValidationError, NoSuchEntity
 */
export function requireBoundary(state: IamState, arn: string | undefined): void {
  if (arn === undefined) return
  if (!/^arn:aws:iam::(\d{12}|aws):policy\//.test(arn))
    throw validationError(`Value (${arn}) for parameter PermissionsBoundary is invalid.`)
  if (!lookUpPolicy(state, arn)) throw noSuchEntity(`Scope ARN: ${arn} does not exist or is not attachable.`)
}
