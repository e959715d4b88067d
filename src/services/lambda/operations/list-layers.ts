import type { ListLayersRequest, ListLayersResponse } from '@aws-sdk/client-lambda'
import { describeInList } from '../layers/describe.ts'
import { fittingVersions } from '../layers/find.ts'
import type { LambdaOperation } from '../operation.ts'
import { cutPage } from '../paging.ts'
import { checkNumber, refuseFailures } from '../validation.ts'

/**
 * Lists layers by name with their newest version.
 * https://docs.aws.amazon.com/lambda/latest/api/API_ListLayers.html
 */
export const listLayers: LambdaOperation<ListLayersRequest, ListLayersResponse> = (state, input) => {
  refuseFailures(checkNumber('maxItems', input.MaxItems, { minimum: 1, maximum: 50 }))
  const entries = [...state.layers.values()]
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap(layer => {
      const [newest] = fittingVersions(layer, input)
      return newest ? [{ layer, newest }] : []
    })
  const { items, NextMarker } = cutPage(entries, input, ({ layer }) => layer.name)
  return {
    Layers: items.map(({ layer, newest }) => ({
      LayerName: layer.name,
      LayerArn: layer.arn,
      LatestMatchingVersion: describeInList(newest),
    })) as ListLayersResponse['Layers'],
    NextMarker,
  }
}
