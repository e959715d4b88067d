import type { GetLayerVersionByArnRequest, GetLayerVersionResponse } from '@aws-sdk/client-lambda'
import { notFound } from '../errors.ts'
import { requireLayerAccess } from '../layers/access.ts'
import { findLayerVersion, layerVersionPattern, parseLayerArn } from '../layers/attach.ts'
import { describeLayerVersion } from '../layers/describe.ts'
import type { LambdaOperation } from '../operation.ts'
import { complaint, refuseFailures } from '../validation.ts'

/**
 * Tells what a layer version is, named by its ARN.
 * https://docs.aws.amazon.com/lambda/latest/api/API_GetLayerVersionByArn.html
 */
export const getLayerVersionByArn: LambdaOperation<GetLayerVersionByArnRequest, GetLayerVersionResponse> = (
  _state,
  input,
  context,
) => {
  const reference = parseLayerArn(input.Arn ?? '')
  if (!reference)
    refuseFailures([
      complaint('arn', input.Arn, `Member must satisfy regular expression pattern: ${layerVersionPattern}`),
    ])
  const version = reference && findLayerVersion(reference, context.live)
  if (!version) throw notFound('The resource you requested does not exist.')
  requireLayerAccess(version, context)
  return describeLayerVersion(version, context)
}
