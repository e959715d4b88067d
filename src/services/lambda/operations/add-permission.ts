import type { AddPermissionRequest, AddPermissionResponse } from '@aws-sdk/client-lambda'
import { aliasNotFound, functionNotFound, invalidParameter, revisionMismatch } from '../errors.ts'
import { findFunction, latestQualifier, versionOf } from '../functions/find.ts'
import { functionArn, isVersionNumber, readReference } from '../functions/reference.ts'
import type { LambdaOperation } from '../operation.ts'
import { replacePolicy, revisionHolder, withStatement } from '../policies/policy.ts'
import { buildStatement, checkPermission } from '../policies/statement.ts'
import type { LambdaFunction } from '../state.ts'

/**
 * Lets a service, an account or everybody invoke a function, a version or an alias.
 * https://docs.aws.amazon.com/lambda/latest/api/API_AddPermission.html
 */
export const addPermission: LambdaOperation<AddPermissionRequest, AddPermissionResponse> = (
  state,
  input,
  context,
) => {
  const { name, qualifier } = readReference(input, context)
  checkPermission(input)
  if (qualifier === latestQualifier)
    throw invalidParameter('We currently do not support adding policies for $LATEST.')
  const owner = findFunction(state, { name, qualifier: undefined }, context)
  if (qualifier !== undefined) requireQualifier(owner, qualifier)
  const key = qualifier ?? latestQualifier
  if (input.RevisionId !== undefined && input.RevisionId !== revisionHolder(owner, key)?.revisionId)
    throw revisionMismatch('GetPolicy')
  const statement = buildStatement(input, functionArn(context, name, qualifier))
  const policy = withStatement(owner.policies.get(key), statement)
  replacePolicy(owner, { qualifier: key, policy }, context)
  return { Statement: JSON.stringify(statement) }
}

/** Refuses a qualifier that names nothing; one that can only be an alias has words of its own. */
function requireQualifier(owner: LambdaFunction, qualifier: string): void {
  if (versionOf(owner, qualifier)) return
  const arn = `${owner.arn}:${qualifier}`
  throw isVersionNumber(qualifier) || qualifier.includes('$') ? functionNotFound(arn) : aliasNotFound(arn)
}
