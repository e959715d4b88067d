import type {
  AttachedPermissionsBoundary,
  Group as GroupAnswer,
  Role as RoleAnswer,
  User as UserAnswer,
} from '@aws-sdk/client-iam'
import { encodeDocument } from '../policies/documents.ts'
import type { Group, Identity, Role, User } from '../state.ts'
import { tagsMember } from '../tags.ts'

/** A role as listings answer it. */
export function describeRole(role: Role): RoleAnswer {
  return {
    Path: role.path,
    RoleName: role.name,
    RoleId: role.id,
    Arn: role.arn,
    CreateDate: new Date(role.createdAt),
    AssumeRolePolicyDocument: encodeDocument(role.trustPolicy),
    ...(role.description !== undefined && { Description: role.description }),
    MaxSessionDuration: role.maxSessionSeconds,
  }
}

/** A role with what only an answer about it alone carries. */
export function describeRoleWhole(role: Role): RoleAnswer {
  return { ...describeRole(role), ...boundaryMember(role), ...tagsMember(role), RoleLastUsed: {} }
}

/** A user as listings answer it. */
export function describeUser(user: User): UserAnswer {
  return {
    Path: user.path,
    UserName: user.name,
    UserId: user.id,
    Arn: user.arn,
    CreateDate: new Date(user.createdAt),
  }
}

/** A user with what only an answer about it alone carries. */
export function describeUserWhole(user: User): UserAnswer {
  return { ...describeUser(user), ...boundaryMember(user), ...tagsMember(user) }
}

export function describeGroup(group: Group): GroupAnswer {
  return {
    Path: group.path,
    GroupName: group.name,
    GroupId: group.id,
    Arn: group.arn,
    CreateDate: new Date(group.createdAt),
  }
}

/** The member that answers carry: absent when there is no boundary. */
export function boundaryMember({ boundary }: Identity): {
  PermissionsBoundary?: AttachedPermissionsBoundary
} {
  if (boundary === undefined) return {}
  return {
    PermissionsBoundary: {
      PermissionsBoundaryType: 'PermissionsBoundaryPolicy',
      PermissionsBoundaryArn: boundary,
    },
  }
}
