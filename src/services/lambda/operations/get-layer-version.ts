import type { GetLayerVersionRequest, GetLayerVersionResponse } from '@aws-sdk/client-lambda'
import { describeLayerVersion } from '../layers/describe.ts'
import { requireLayerVersion } from '../layers/find.ts'
import type { LambdaOperation } from '../operation.ts'

/**
 * Tells what a layer version is and where its zip can be fetched.
 * https://docs.aws.amazon.com/lambda/latest/api/API_GetLayerVersion.html
 */
export const getLayerVersion: LambdaOperation<GetLayerVersionRequest, GetLayerVersionResponse> = (
  _state,
  input,
  context,
) =>
  describeLayerVersion(
    requireLayerVersion(input, context, () => 'The resource you requested does not exist.'),
    context,
  )
