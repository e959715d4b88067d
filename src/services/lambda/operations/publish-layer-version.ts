import type { PublishLayerVersionRequest, PublishLayerVersionResponse } from '@aws-sdk/client-lambda'
import { type CodeInput, receiveCode } from '../functions/code.ts'
import { describeLayerVersion } from '../layers/describe.ts'
import { layerArn, readLayerName } from '../layers/find.ts'
import { maxDescriptionLength } from '../limits.ts'
import type { LambdaOperation } from '../operation.ts'
import type { LambdaState, Layer, LayerVersion } from '../state.ts'
import { checkText, complaint, missing, refuseFailures } from '../validation.ts'

/**
 * Publishes a zip of libraries for functions to share, as the next version of a layer.
 * https://docs.aws.amazon.com/lambda/latest/api/API_PublishLayerVersion.html
 */
export const publishLayerVersion: LambdaOperation<
  PublishLayerVersionRequest,
  PublishLayerVersionResponse
> = async (state, input, context) => {
  validate(input)
  const { name } = readLayerName(input.LayerName, context)
  const code = await receiveCode((input.Content ?? {}) as CodeInput, context)
  const layer = layerOf(state, { name, arn: layerArn({ ...context, name }) })
  layer.lastVersion += 1
  const version: LayerVersion = {
    version: layer.lastVersion,
    arn: `${layer.arn}:${layer.lastVersion}`,
    code,
    description: input.Description ?? '',
    ...(input.LicenseInfo !== undefined && { licenseInfo: input.LicenseInfo }),
    runtimes: input.CompatibleRuntimes ?? [],
    architectures: input.CompatibleArchitectures ?? [],
    createdAt: context.clock.now(),
  }
  layer.versions.set(version.version, version)
  return describeLayerVersion(version, context)
}

function validate(input: PublishLayerVersionRequest): void {
  const runtimes = input.CompatibleRuntimes ?? []
  refuseFailures([
    ...(input.Content === undefined ? [missing('content')] : []),
    ...checkText('description', input.Description, { maximum: maxDescriptionLength }),
    ...checkText('licenseInfo', input.LicenseInfo, { maximum: 512 }),
    ...(runtimes.length > 15
      ? [
          complaint(
            'compatibleRuntimes',
            `[${runtimes.join(', ')}]`,
            'Member must have length less than or equal to 15',
          ),
        ]
      : []),
  ])
}

function layerOf(state: LambdaState, { name, arn }: Pick<Layer, 'name' | 'arn'>): Layer {
  const known = state.layers.get(name)
  if (known) return known
  const layer: Layer = { name, arn, versions: new Map(), lastVersion: 0 }
  state.layers.set(name, layer)
  return layer
}
