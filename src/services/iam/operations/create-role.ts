import type { CreateRoleRequest, CreateRoleResponse } from '@aws-sdk/client-iam'
import type { Operation } from '../../../cloud/operation.ts'
import { boundaryMember, describeRole } from '../identities/answer.ts'
import { createIdentity, requireBoundary } from '../identities/create.ts'
import { requireFreeName } from '../identities/find.ts'
import { sessionSeconds } from '../limits.ts'
import { requireTrustDocument } from '../policies/documents.ts'
import type { IamState, Role } from '../state.ts'
import { tagsMember } from '../tags.ts'
import { checkInput } from '../validation.ts'

/**
 * Creates a role, which those may take on whom its trust policy names.
 * Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html
 */
export const createRole: Operation<IamState, CreateRoleRequest, CreateRoleResponse> = (
  state,
  input,
  context,
) => {
  checkInput(input, ['RoleName', 'AssumeRolePolicyDocument'])
  requireFreeName(state, 'role', input.RoleName)
  requireBoundary(state, input.PermissionsBoundary)
  requireTrustDocument(input.AssumeRolePolicyDocument, state, context.accountId)
  const role: Role = {
    ...createIdentity(
      'role',
      { ...input, name: input.RoleName, boundary: input.PermissionsBoundary },
      context,
    ),
    kind: 'role',
    trustPolicy: input.AssumeRolePolicyDocument,
    description: input.Description,
    maxSessionSeconds: input.MaxSessionDuration ?? sessionSeconds.minimum,
    linkedService: undefined,
  }
  state.roles.set(role.name, role)
  return { Role: { ...describeRole(role), ...boundaryMember(role), ...tagsMember(role) } }
}
