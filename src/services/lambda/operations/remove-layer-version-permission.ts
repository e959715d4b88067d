import type { RemoveLayerVersionPermissionRequest } from '@aws-sdk/client-lambda'
import { notFound, revisionMismatch } from '../errors.ts'
import { requireLayerVersion } from '../layers/find.ts'
import type { LambdaOperation } from '../operation.ts'

/**
 * Takes a permission for a layer version back.
 * https://docs.aws.amazon.com/lambda/latest/api/API_RemoveLayerVersionPermission.html
 */
export const removeLayerVersionPermission: LambdaOperation<RemoveLayerVersionPermissionRequest, object> = (
  _state,
  input,
  context,
) => {
  const version = requireLayerVersion(input, context)
  const { policy } = version
  if (!policy?.statements.some(({ Sid }) => Sid === input.StatementId))
    throw notFound(`Statement ${input.StatementId} is not found in resource policy.`)
  if (input.RevisionId !== undefined && input.RevisionId !== policy.revisionId)
    throw revisionMismatch('GetLayerPolicy')
  const statements = policy.statements.filter(({ Sid }) => Sid !== input.StatementId)
  if (statements.length === 0) delete version.policy
  else version.policy = { statements, revisionId: context.ids.uuid() }
  return {}
}
