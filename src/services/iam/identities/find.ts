import { entityAlreadyExists, noSuchEntity, protectedRole, quotaExceeded } from '../errors.ts'
import { accountQuotas } from '../limits.ts'
import type { Group, IamState, Role, User } from '../state.ts'

/** @throws AwsError NoSuchEntity */
export function findRole({ roles }: IamState, name: string): Role {
  const role = roles.get(name)
  if (!role) throw noSuchEntity(`The role with name ${name} cannot be found.`)
  return role
}

/**
 * A role that its account may change.
 * @throws AwsError NoSuchEntity, UnmodifiableEntity
 */
export function findOwnRole(state: IamState, name: string): Role {
  const role = findRole(state, name)
  if (role.linkedService !== undefined) throw protectedRole(name)
  return role
}

/** @throws AwsError NoSuchEntity */
export function findUser({ users }: IamState, name: string): User {
  const user = users.get(name)
  if (!user) throw noSuchEntity(`The user with name ${name} cannot be found.`)
  return user
}

/** @throws AwsError NoSuchEntity */
export function findGroup({ groups }: IamState, name: string): Group {
  const group = groups.get(name)
  if (!group) throw noSuchEntity(`The group with name ${name} cannot be found.`)
  return group
}

/** The groups that a user is in. */
export function groupsOf({ groups }: IamState, user: User): Group[] {
  return [...groups.values()].filter(({ userIds }) => userIds.has(user.id))
}

const nouns = { role: 'Role', user: 'User', group: 'Group' } as const
const quotas = { role: 'RolesPerAccount', user: 'UsersPerAccount', group: 'GroupsPerAccount' } as const

/**
 * Refuses a name that another identity of its kind has, in whatever case, or one identity too many.
 * @throws AwsError EntityAlreadyExists, LimitExceeded
 */
export function requireFreeName(state: IamState, kind: keyof typeof nouns, name: string): void {
  const all = state[`${kind}s`]
  const lower = name.toLowerCase()
  if ([...all.keys()].some(each => each.toLowerCase() === lower))
    throw entityAlreadyExists(`${nouns[kind]} with name ${name} already exists.`)
  const quota = quotas[kind]
  if (all.size >= accountQuotas[quota]) throw quotaExceeded(quota, accountQuotas[quota])
}
