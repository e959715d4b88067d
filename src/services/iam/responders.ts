import { accountOf } from '../../cloud/accounts.ts'
import { createContextKeys } from '../../cloud/policy/context-keys.ts'
import { decide } from '../../cloud/policy/decide.ts'
import { parsePolicy } from '../../cloud/policy/policy.ts'
import type { PrincipalPolicies, RoleFacts } from '../../cloud/questions.ts'
import type { ResponderTable } from '../../cloud/service.ts'
import { parseArn } from '../../core/arn.ts'
import { lookUpOwner } from './identities/access-keys.ts'
import { effectivePolicies, managedPolicy } from './policies/effective.ts'
import type { IamState, Role, User } from './state.ts'

/** What IAM tells the other services. */
export const responders: ResponderTable<IamState> = {
  'iam:policiesOf': ({ arn }, { platform }) => {
    const state = platform.stateOf(accountIn(arn), 'global')
    const principal = lookUpPrincipal(state, arn)
    return principal && policiesOf(state, principal)
  },
  'iam:roleOf': ({ roleArn }, { platform }) =>
    describe(lookUpRole(platform.stateOf(accountIn(roleArn), 'global'), roleArn)),
  'iam:canAssume': ({ roleArn, principal }, { platform }) => {
    const role = lookUpRole(platform.stateOf(accountIn(roleArn), 'global'), roleArn)
    return role !== undefined && trusts(role, principal)
  },
  'iam:ownerOfKey': ({ accessKeyId }, { platform }) => {
    const state = platform.stateOf(accountOf(accessKeyId), 'global')
    const key = state.accessKeys.get(accessKeyId)
    const user = key?.status === 'Active' && lookUpOwner(state, accessKeyId)
    return user ? { arn: user.arn, userId: user.id, secretAccessKey: key.secret } : undefined
  },
}

function accountIn(arn: string): string {
  return parseArn(arn)?.accountId ?? ''
}

function lookUpRole({ roles }: IamState, roleArn: string): Role | undefined {
  const role = roles.get(roleArn.slice(roleArn.lastIndexOf('/') + 1))
  return role?.arn === roleArn ? role : undefined
}

/** The role of an ARN or behind a session, or the user. */
function lookUpPrincipal(state: IamState, arn: string): Role | User | undefined {
  const [kind, name = ''] = parseArn(arn)?.resource.split('/') ?? []
  if (kind === 'assumed-role') return state.roles.get(name)
  if (kind === 'role') return lookUpRole(state, arn)
  return [...state.users.values()].find(user => user.arn === arn)
}

function policiesOf(state: IamState, principal: Role | User): PrincipalPolicies {
  const boundary = principal.boundary === undefined ? undefined : managedPolicy(state, principal.boundary)
  return {
    identityPolicies: effectivePolicies(state, principal).map(({ document }) => document),
    ...(boundary && { permissionsBoundary: boundary.document }),
    principalArn: principal.arn,
    tags: Object.fromEntries(principal.tags.map(({ Key = '', Value = '' }) => [Key, Value])),
  }
}

function describe(role: Role | undefined): RoleFacts | undefined {
  if (!role) return undefined
  const { arn, id, trustPolicy, maxSessionSeconds } = role
  return { arn, id, trustPolicy, maxSessionSeconds }
}

/** Whether a role's trust policy lets a service act as it. */
function trusts(role: Role, service: string): boolean {
  const request = {
    principal: { kind: 'service', name: service } as const,
    action: 'sts:AssumeRole',
    resource: role.arn,
    keys: createContextKeys({}),
  }
  const resource = { id: role.name, policy: parsePolicy(role.trustPolicy) }
  return decide(request, { identity: [], resource }).outcome === 'allowed'
}
