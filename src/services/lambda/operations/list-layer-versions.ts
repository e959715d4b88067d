import type { ListLayerVersionsRequest, ListLayerVersionsResponse } from '@aws-sdk/client-lambda'
import { describeInList } from '../layers/describe.ts'
import { fittingVersions, readLayerName } from '../layers/find.ts'
import type { LambdaOperation } from '../operation.ts'
import { cutPage } from '../paging.ts'
import { checkNumber, refuseFailures } from '../validation.ts'

/**
 * Lists the versions of a layer, newest first; none of a layer that is not there.
 * https://docs.aws.amazon.com/lambda/latest/api/API_ListLayerVersions.html
 */
export const listLayerVersions: LambdaOperation<ListLayerVersionsRequest, ListLayerVersionsResponse> = (
  _state,
  input,
  context,
) => {
  refuseFailures(checkNumber('maxItems', input.MaxItems, { minimum: 1, maximum: 50 }))
  const { accountId, region, name } = readLayerName(input.LayerName, context)
  const layer = context.live.platform.stateOf(accountId, region).layers.get(name)
  const { items, NextMarker } = cutPage(fittingVersions(layer, input), input, ({ version }) =>
    String(version),
  )
  return { LayerVersions: items.map(describeInList), NextMarker }
}
