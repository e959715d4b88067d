import type { DeleteLayerVersionRequest } from '@aws-sdk/client-lambda'
import { invalidParameter } from '../errors.ts'
import { readLayerName } from '../layers/find.ts'
import type { LambdaOperation } from '../operation.ts'

/**
 * Deletes a layer version; functions that use it keep it. One that is not there is fine.
 * https://docs.aws.amazon.com/lambda/latest/api/API_DeleteLayerVersion.html
 */
export const deleteLayerVersion: LambdaOperation<DeleteLayerVersionRequest, object> = (
  state,
  input,
  context,
) => {
  const { VersionNumber: number = 0 } = input
  if (number < 1) throw invalidParameter('Layer Version Cannot be less than 1')
  const layer = state.layers.get(readLayerName(input.LayerName, context).name)
  const version = layer?.versions.get(number)
  if (!layer || !version) return {}
  layer.versions.delete(number)
  context.live.trash.discard([version.code])
  return {}
}
