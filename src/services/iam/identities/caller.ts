import type { User as UserAnswer } from '@aws-sdk/client-iam'
import type { OperationContext } from '../../../cloud/operation.ts'
import { formatArn } from '../../../core/arn.ts'
import { validationError } from '../errors.ts'
import type { IamState, User } from '../state.ts'
import { lookUpOwner } from './access-keys.ts'
import { findUser } from './find.ts'

/**
 * The user whose access key signed the request; `undefined` for the account's root.
 * @throws AwsError ValidationError for credentials of a role, which is no user
 */
export function callingUser(state: IamState, { request }: OperationContext): User | undefined {
  const user = lookUpOwner(state, request.accessKeyId)
  if (user === undefined && request.headers['x-amz-security-token'] !== undefined)
    throw validationError('Must specify userName when calling with non-User credentials')
  return user
}

/**
 * The user that an input names, or else the caller.
 * @throws AwsError NoSuchEntity, ValidationError
 */
export function namedOrCallingUser(
  state: IamState,
  name: string | undefined,
  context: OperationContext,
): User {
  if (name !== undefined) return findUser(state, name)
  const user = callingUser(state, context)
  // DIFFERS: the account's root has no access keys of its own here; AWS lets it have two.
  if (!user) throw validationError('Must specify userName when calling with non-User credentials')
  return user
}

/** The account's root as GetUser answers it. */
export function describeRoot({ accountId }: OperationContext): UserAnswer {
  return {
    Path: '/',
    UserName: 'root',
    UserId: accountId,
    Arn: formatArn({ service: 'iam', accountId, resource: 'root' }),
    CreateDate: new Date(0),
  }
}
