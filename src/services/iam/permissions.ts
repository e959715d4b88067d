import type { Permission, PermissionScope, PermissionTable } from '../../cloud/permission.ts'
import type { ContextFacts } from '../../cloud/policy/context-keys.ts'
import { formatArn } from '../../core/arn.ts'
import { iamModel } from './model.ts'
import type { IamState } from './state.ts'

/** The members by which calls name what they act on. */
interface Named {
  readonly RoleName?: string
  readonly UserName?: string
  readonly GroupName?: string
  readonly PolicyArn?: string
  readonly PolicyName?: string
  readonly Path?: string
  readonly PathPrefix?: string
  readonly InstanceProfileName?: string
  readonly PermissionsBoundary?: string
  readonly PolicySourceArn?: string
  readonly AWSServiceName?: string
}

interface Target {
  readonly resource: string
  readonly label: string
}

/**
 * What IAM's own calls need: the action of their name on the role, user, group or policy that they name.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsidentityandaccessmanagementiam.html
 */
export const permissions: PermissionTable<IamState> = Object.fromEntries(
  Object.keys(iamModel.operations).map(operation => [
    operation,
    (input: Named, scope: PermissionScope<IamState>): Permission[] => [
      { action: `iam:${operation}`, ...targetOf(operation, input, scope), keys: keysOf(input) },
      ...(operation === 'AddRoleToInstanceProfile' ? [passRole(input, scope)] : []),
    ],
  ]),
)

function keysOf({ PolicyArn, PermissionsBoundary, AWSServiceName }: Named): ContextFacts {
  return {
    'iam:PolicyARN': PolicyArn,
    'iam:PermissionsBoundary': PermissionsBoundary,
    'iam:AWSServiceName': AWSServiceName,
  }
}

function passRole({ RoleName = '' }: Named, { state, accountId }: PermissionScope<IamState>): Permission {
  const resource = state.roles.get(RoleName)?.arn ?? arnOf('role', RoleName, { accountId })
  return { action: 'iam:PassRole', resource, keys: { 'iam:PassedToService': 'ec2.amazonaws.com' } }
}

/** Operations on a whole kind, and how their ARN begins. */
const listings: Readonly<Record<string, string>> = {
  ListRoles: 'role',
  ListUsers: 'user',
  ListGroups: 'group',
  ListPolicies: 'policy',
  ListInstanceProfiles: 'instance-profile',
}

const aboutCaller = /^(GetUser|ListAccessKeys|CreateAccessKey|UpdateAccessKey|DeleteAccessKey)$/

function targetOf(operation: string, input: Named, scope: PermissionScope<IamState>): Target {
  const { accountId, callerArn } = scope
  const kind = listings[operation]
  if (kind !== undefined) return unlabelled(arnOf(kind, '', { Path: input.PathPrefix, accountId }))
  const named = namedTarget(input, scope)
  // Of what is only about to be, AWS names the ARN.
  if (named && /^Create(Role|User|Group|InstanceProfile)$/.test(operation)) return unlabelled(named.resource)
  if (named) return named
  if (operation === 'CreatePolicy') {
    const name = input.PolicyName ?? ''
    return { resource: arnOf('policy', name, { ...input, accountId }), label: `policy ${name}` }
  }
  return unlabelled(input.PolicySourceArn ?? (aboutCaller.test(operation) ? callerArn : '*'))
}

/** What a call acts on that names it: a refusal calls it by its kind and name. */
function namedTarget(input: Named, { state, accountId }: PermissionScope<IamState>): Target | undefined {
  const { RoleName, UserName, GroupName, InstanceProfileName, PolicyArn } = input
  const at = (kind: string, name: string, known: { readonly arn: string } | undefined): Target => ({
    resource: known?.arn ?? arnOf(kind, name, { ...input, accountId }),
    label: `${kind.replace('-', ' ')} ${name}`,
  })
  if (InstanceProfileName !== undefined)
    return at('instance-profile', InstanceProfileName, state.instanceProfiles.get(InstanceProfileName))
  if (RoleName !== undefined) return at('role', RoleName, state.roles.get(RoleName))
  if (GroupName !== undefined) return at('group', GroupName, state.groups.get(GroupName))
  if (UserName !== undefined) return at('user', UserName, state.users.get(UserName))
  return PolicyArn === undefined ? undefined : { resource: PolicyArn, label: `policy ${PolicyArn}` }
}

function unlabelled(resource: string): Target {
  return { resource, label: resource }
}

function arnOf(
  kind: string,
  name: string,
  { Path = '/', accountId }: { readonly Path?: string | undefined; readonly accountId: string },
): string {
  return formatArn({ service: 'iam', accountId, resource: `${kind}${Path}${name}` })
}
