import type { GetPolicyRequest, GetPolicyResponse } from '@aws-sdk/client-lambda'
import { notFound } from '../errors.ts'
import { findFunction, latestQualifier } from '../functions/find.ts'
import { readReference } from '../functions/reference.ts'
import type { LambdaOperation } from '../operation.ts'
import { revisionHolder, writePolicy } from '../policies/policy.ts'

/**
 * Tells who may invoke a function, a version or an alias.
 * https://docs.aws.amazon.com/lambda/latest/api/API_GetPolicy.html
 */
export const getPolicy: LambdaOperation<GetPolicyRequest, GetPolicyResponse> = (state, input, context) => {
  const { name, qualifier = latestQualifier } = readReference(input, context)
  const owner = findFunction(state, { name, qualifier: undefined }, context)
  const policy = owner.policies.get(qualifier)
  if (!policy) throw notFound('The resource you requested does not exist.')
  return { Policy: writePolicy(policy), RevisionId: revisionHolder(owner, qualifier)?.revisionId }
}
