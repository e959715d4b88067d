import { resourceArn } from '../identifiers.ts'
import type { Group, IamState, User } from '../state.ts'
import { requireFreeName } from './find.ts'

/**
 * Gives a user or group another name or path, and so another ARN.
 * @throws AwsError EntityAlreadyExists
 */
export function renameIdentity(
  state: IamState,
  identity: User | Group,
  wanted: {
    readonly name?: string | undefined
    readonly path?: string | undefined
    readonly accountId: string
  },
): void {
  const { name = identity.name, path = identity.path, accountId } = wanted
  if (name.toLowerCase() !== identity.name.toLowerCase()) requireFreeName(state, identity.kind, name)
  const all: Map<string, User | Group> = identity.kind === 'user' ? state.users : state.groups
  all.delete(identity.name)
  identity.name = name
  identity.path = path
  identity.arn = resourceArn(identity.kind, { accountId, path, name })
  all.set(name, identity)
}
