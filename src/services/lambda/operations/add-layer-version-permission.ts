import type {
  AddLayerVersionPermissionRequest,
  AddLayerVersionPermissionResponse,
} from '@aws-sdk/client-lambda'
import { revisionMismatch } from '../errors.ts'
import { requireLayerVersion } from '../layers/find.ts'
import type { LambdaOperation } from '../operation.ts'
import { withStatement } from '../policies/policy.ts'
import { buildStatement } from '../policies/statement.ts'
import { checkText, missing, refuseFailures } from '../validation.ts'

const principalPattern = '\\d{12}|\\*|arn:(aws[a-zA-Z-]*):iam::\\d{12}:root'

/**
 * Lets another account, an organization or everybody use a layer version.
 * https://docs.aws.amazon.com/lambda/latest/api/API_AddLayerVersionPermission.html
 */
export const addLayerVersionPermission: LambdaOperation<
  AddLayerVersionPermissionRequest,
  AddLayerVersionPermissionResponse
> = (_state, input, context) => {
  validate(input)
  const version = requireLayerVersion(input, context)
  if (input.RevisionId !== undefined && input.RevisionId !== version.policy?.revisionId)
    throw revisionMismatch('GetLayerPolicy')
  const { StatementId, Action, Principal, OrganizationId: PrincipalOrgID } = input
  const permission = { StatementId, Action, Principal, PrincipalOrgID }
  const statement = buildStatement(permission, version.arn)
  version.policy = { ...withStatement(version.policy, statement), revisionId: context.ids.uuid() }
  return { Statement: JSON.stringify(statement), RevisionId: version.policy.revisionId }
}

function validate({ StatementId, Action, Principal }: AddLayerVersionPermissionRequest): void {
  refuseFailures([
    ...(StatementId === undefined ? [missing('statementId')] : []),
    ...checkText('statementId', StatementId, {
      minimum: 1,
      maximum: 100,
      pattern: /^[a-zA-Z0-9-_]+$/,
      written: '([a-zA-Z0-9-_]+)',
    }),
    ...(Action === undefined ? [missing('action')] : []),
    ...checkText('action', Action, {
      pattern: /^lambda:GetLayerVersion$/,
      written: 'lambda:GetLayerVersion',
    }),
    ...(Principal === undefined ? [missing('principal')] : []),
    ...checkText('principal', Principal, {
      pattern: new RegExp(`^(${principalPattern})$`),
      written: principalPattern,
    }),
  ])
}
