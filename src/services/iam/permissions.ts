import type { Permission, PermissionScope, PermissionTable } from '../../cloud/permission.ts'
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
      {
        action: `iam:${operation}`,
        ...targetOf(operation, input, scope),
        keys: { 'iam:PolicyARN': input.PolicyArn, 'iam:PermissionsBoundary': input.PermissionsBoundary },
      },
    ],
  ]),
)

function targetOf(operation: string, input: Named, scope: PermissionScope<IamState>): Target {
  const { state, callerArn } = scope
  const { RoleName, UserName, GroupName, InstanceProfileName, PolicyArn, PolicyName } = input
  const at = (kind: string, name: string, known: { readonly arn: string } | undefined): Target => ({
    resource: known?.arn ?? newArn(kind, name, { ...input, accountId: scope.accountId }),
    label: `${kind.replace('-', ' ')} ${name}`,
  })
  if (InstanceProfileName !== undefined)
    return at('instance-profile', InstanceProfileName, state.instanceProfiles.get(InstanceProfileName))
  if (RoleName !== undefined) return at('role', RoleName, state.roles.get(RoleName))
  if (GroupName !== undefined) return at('group', GroupName, state.groups.get(GroupName))
  if (UserName !== undefined) return at('user', UserName, state.users.get(UserName))
  if (PolicyArn !== undefined) return { resource: PolicyArn, label: `policy ${PolicyArn}` }
  if (operation === 'CreatePolicy') return at('policy', PolicyName ?? '', undefined)
  if (input.PolicySourceArn !== undefined)
    return { resource: input.PolicySourceArn, label: input.PolicySourceArn }
  const isAboutCaller = /^(GetUser|ListAccessKeys|CreateAccessKey|UpdateAccessKey|DeleteAccessKey)$/.test(
    operation,
  )
  return isAboutCaller ? { resource: callerArn, label: callerArn } : { resource: '*', label: '*' }
}

function newArn(
  kind: string,
  name: string,
  { Path = '/', accountId }: { readonly Path?: string; readonly accountId: string },
): string {
  return formatArn({ service: 'iam', accountId, resource: `${kind}${Path}${name}` })
}
