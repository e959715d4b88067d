import type { Tag } from '@aws-sdk/client-iam'

/** What roles, users and groups have in common. */
export interface Identity {
  readonly id: string
  name: string
  path: string
  arn: string
  /** Milliseconds since the epoch. */
  readonly createdAt: number
  /** Documents of the inline policies by name. */
  readonly inlinePolicies: Map<string, string>
  /** ARNs of the managed policies, in the order of their attachment. */
  attachedPolicies: string[]
  tags: readonly Tag[]
  /** ARN of the managed policy that limits what the others give. */
  boundary: string | undefined
}

export interface Role extends Identity {
  readonly kind: 'role'
  trustPolicy: string
  description: string | undefined
  maxSessionSeconds: number
  /** The service that owns it, for roles that only that service may change. */
  readonly linkedService: string | undefined
}

export interface User extends Identity {
  readonly kind: 'user'
}

export interface Group extends Identity {
  readonly kind: 'group'
  /** Ids of its users: names may change. */
  readonly userIds: Set<string>
}

export type AnyIdentity = Role | User | Group

export interface AccessKey {
  readonly id: string
  readonly secret: string
  readonly userId: string
  status: 'Active' | 'Inactive'
  readonly createdAt: number
}

/** A policy with a life of its own, that identities share. */
export interface ManagedPolicy {
  readonly id: string
  readonly name: string
  readonly path: string
  readonly arn: string
  readonly description: string | undefined
  readonly createdAt: number
  updatedAt: number
  /** By id, oldest first. */
  readonly versions: Map<string, PolicyVersion>
  defaultVersionId: string
  /** Number of the version that comes next; numbers are never used twice. */
  nextVersion: number
  tags: readonly Tag[]
}

export interface PolicyVersion {
  readonly id: string
  readonly document: string
  readonly createdAt: number
}

export interface InstanceProfile {
  readonly id: string
  readonly name: string
  readonly path: string
  readonly arn: string
  readonly createdAt: number
  /** Id of its one role. */
  roleId: string | undefined
  tags: readonly Tag[]
}

/** Everything that IAM keeps of an account. */
export interface IamState {
  readonly roles: Map<string, Role>
  readonly users: Map<string, User>
  readonly groups: Map<string, Group>
  /** By id. */
  readonly accessKeys: Map<string, AccessKey>
  /** The account's own, by ARN. */
  readonly policies: Map<string, ManagedPolicy>
  readonly instanceProfiles: Map<string, InstanceProfile>
  /** Deletions of service-linked roles that were asked for, by task id. */
  readonly roleDeletions: Set<string>
  accountAlias: string | undefined
}

/** Creates the state of an account. */
export function createIamState(): IamState {
  return {
    roles: new Map(),
    users: new Map(),
    groups: new Map(),
    accessKeys: new Map(),
    policies: new Map(),
    instanceProfiles: new Map(),
    roleDeletions: new Set(),
    accountAlias: undefined,
  }
}
