import type { AccessKeyMetadata } from '@aws-sdk/client-iam'
import { issueAccessKeyId } from '../../../cloud/accounts.ts'
import type { OperationContext } from '../../../cloud/operation.ts'
import { noSuchEntity, quotaExceeded } from '../errors.ts'
import { currentSecond } from '../identifiers.ts'
import { maxAccessKeys } from '../limits.ts'
import type { AccessKey, IamState, User } from '../state.ts'

/**
 * Makes an access key of a user; its id says which account it belongs to.
 * @throws AwsError LimitExceeded
 */
export function createKey(state: IamState, user: User, context: OperationContext): AccessKey {
  if (keysOf(state, user).length >= maxAccessKeys) throw quotaExceeded('AccessKeysPerUser', maxAccessKeys)
  const key: AccessKey = {
    id: issueAccessKeyId(context.accountId, 'permanent', context.ids),
    secret: Buffer.from(context.ids.hex(60), 'hex').toString('base64'),
    userId: user.id,
    status: 'Active',
    createdAt: currentSecond(context),
  }
  state.accessKeys.set(key.id, key)
  return key
}

/** The access keys of a user. */
export function keysOf({ accessKeys }: IamState, user: User): AccessKey[] {
  return [...accessKeys.values()].filter(({ userId }) => userId === user.id)
}

/** @throws AwsError NoSuchEntity */
export function findKey(state: IamState, user: User, id: string): AccessKey {
  const key = state.accessKeys.get(id)
  if (key?.userId !== user.id) throw noSuchKey(id)
  return key
}

/** @throws AwsError NoSuchEntity */
export function ownerOfKey(state: IamState, id: string): User {
  const owner = lookUpOwner(state, id)
  if (!owner) throw noSuchKey(id)
  return owner
}

/** The user that an access key belongs to, or `undefined`. */
export function lookUpOwner({ accessKeys, users }: IamState, id: string): User | undefined {
  const key = accessKeys.get(id)
  return key && [...users.values()].find(user => user.id === key.userId)
}

/** A key as listings answer it: without its secret. */
export function describeKey(user: User, key: AccessKey): AccessKeyMetadata {
  return {
    UserName: user.name,
    AccessKeyId: key.id,
    Status: key.status,
    CreateDate: new Date(key.createdAt),
  }
}

function noSuchKey(id: string) {
  return noSuchEntity(`The Access Key with id ${id} cannot be found.`)
}
