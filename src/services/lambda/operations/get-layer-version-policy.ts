import type { GetLayerVersionPolicyRequest, GetLayerVersionPolicyResponse } from '@aws-sdk/client-lambda'
import { notFound } from '../errors.ts'
import { requireLayerVersion } from '../layers/find.ts'
import type { LambdaOperation } from '../operation.ts'
import { writePolicy } from '../policies/policy.ts'

/**
 * Tells who may use a layer version.
 * https://docs.aws.amazon.com/lambda/latest/api/API_GetLayerVersionPolicy.html
 */
export const getLayerVersionPolicy: LambdaOperation<
  GetLayerVersionPolicyRequest,
  GetLayerVersionPolicyResponse
> = (_state, input, context) => {
  const { policy } = requireLayerVersion(input, context)
  if (!policy) throw notFound('No policy is associated with the given resource.')
  return { Policy: writePolicy(policy), RevisionId: policy.revisionId }
}
