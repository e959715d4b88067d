import type { RemovePermissionRequest } from '@aws-sdk/client-lambda'
import { notFound, revisionMismatch } from '../errors.ts'
import { latestQualifier } from '../functions/find.ts'
import { functionArn, readReference } from '../functions/reference.ts'
import type { LambdaOperation } from '../operation.ts'
import { replacePolicy, revisionHolder } from '../policies/policy.ts'

/**
 * Takes a permission back.
 * https://docs.aws.amazon.com/lambda/latest/api/API_RemovePermission.html
 */
export const removePermission: LambdaOperation<RemovePermissionRequest, object> = (state, input, context) => {
  const { name, qualifier = latestQualifier } = readReference(input, context)
  const owner = state.functions.get(name)
  if (!owner) throw notFound(`No policy found for: ${functionArn(context, name)}`)
  const policy = owner.policies.get(qualifier)
  if (!policy) throw notFound('No policy is associated with the given resource.')
  if (!policy.statements.some(({ Sid }) => Sid === input.StatementId))
    throw notFound(`Statement ${input.StatementId} is not found in resource policy.`)
  if (input.RevisionId !== undefined && input.RevisionId !== revisionHolder(owner, qualifier)?.revisionId)
    throw revisionMismatch('GetPolicy')
  const statements = policy.statements.filter(({ Sid }) => Sid !== input.StatementId)
  replacePolicy(owner, { qualifier, policy: { statements } }, context)
  return {}
}
