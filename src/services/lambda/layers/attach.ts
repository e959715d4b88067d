import type { OperationContext } from '../../../cloud/operation.ts'
import { parseArn } from '../../../core/arn.ts'
import { invalidParameter } from '../errors.ts'
import type { LambdaLive } from '../live.ts'
import type { AttachedLayer, LayerVersion } from '../state.ts'
import { complaint, refuseFailures } from '../validation.ts'
import { requireLayerAccess } from './access.ts'

/** A layer version's ARN as AWS writes the pattern. */
export const layerVersionPattern =
  '(arn:(aws[a-zA-Z-]*)?:lambda:(eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:\\d{12}:layer:[a-zA-Z0-9-_]+:[0-9]+)|(arn:[a-zA-Z0-9-]+:lambda:::awslayer:[a-zA-Z0-9-_]+)'

/** A layer version's ARN, taken apart. */
export interface LayerReference {
  readonly accountId: string
  readonly region: string
  readonly name: string
  readonly version: number
}

/**
 * The layers that a function is to use.
 * @throws AwsError ValidationException, InvalidParameterValueException
 */
export function attachLayers(
  arns: readonly string[],
  context: OperationContext<LambdaLive>,
): readonly AttachedLayer[] {
  const members = `[Member must have length less than or equal to 2048, Member must have length greater than or equal to 1, Member must satisfy regular expression pattern: ${layerVersionPattern}, Member must not be null]`
  if (arns.some(arn => parseLayerArn(arn) === undefined))
    refuseFailures([
      complaint('layers', `[${arns.join(', ')}]`, `Member must satisfy constraint: ${members}`),
    ])
  refuseTwice(arns)
  return arns.map(arn => {
    const reference = parseLayerArn(arn)
    if (reference && reference.region !== context.region) {
      throw invalidParameter(
        `Layers are not in the same region as the function. Layers are expected to be in region ${context.region}.`,
      )
    }
    const found = reference && findLayerVersion(reference, context.live)
    if (!found) throw invalidParameter(`Layer version ${arn} does not exist.`)
    requireLayerAccess(found, context)
    return { arn, code: found.code }
  })
}

/** Takes a layer version's ARN apart, or gives `undefined`. */
export function parseLayerArn(arn: string): LayerReference | undefined {
  const parts = parseArn(arn)
  const [, name, version] = /^layer:([\w-]+):(\d+)$/.exec(parts?.resource ?? '') ?? []
  if (parts?.service !== 'lambda' || name === undefined) return undefined
  const { accountId, region } = parts
  return { accountId, region, name, version: Number(version) }
}

/** The layer version that a reference names, in any account. */
export function findLayerVersion(
  { accountId, region, name, version }: LayerReference,
  { platform }: LambdaLive,
): LayerVersion | undefined {
  return platform.stateOf(accountId, region).layers.get(name)?.versions.get(version)
}

function refuseTwice(arns: readonly string[]): void {
  const firsts = new Map<string, string>()
  for (const arn of arns) {
    const layer = arn.slice(0, arn.lastIndexOf(':'))
    const first = firsts.get(layer)
    if (first !== undefined) {
      throw invalidParameter(
        `Two different versions of the same layer are not allowed to be referenced in the same function. ${first} and ${arn} are versions of the same layer.`,
      )
    }
    firsts.set(layer, arn)
  }
}
