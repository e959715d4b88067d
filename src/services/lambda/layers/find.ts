import type { OperationContext } from '../../../cloud/operation.ts'
import { formatArn } from '../../../core/arn.ts'
import { invalidParameter, notFound } from '../errors.ts'
import type { LambdaContext } from '../operation.ts'
import type { Layer, LayerVersion } from '../state.ts'
import { checkChoice, checkText, refuseFailures } from '../validation.ts'
import { requireLayerAccess } from './access.ts'
import { findLayerVersion } from './attach.ts'

const namePattern =
  '(arn:(aws[a-zA-Z-]*)?:lambda:(eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:\\d{12}:layer:[a-zA-Z0-9-_]+)|[a-zA-Z0-9-_]+'

/** A layer as a call names it, by its name or its ARN. */
export interface NamedLayer {
  readonly accountId: string
  readonly region: string
  readonly name: string
}

/**
 * Reads how a call names a layer.
 * @throws AwsError ValidationException
 */
export function readLayerName(
  text: string | undefined,
  { accountId, region }: Pick<OperationContext, 'accountId' | 'region'>,
): NamedLayer {
  refuseFailures(
    checkText('layerName', text, {
      minimum: 1,
      maximum: 140,
      pattern: new RegExp(`^(${namePattern})$`),
      written: namePattern,
    }),
  )
  const [, ofRegion, ofAccount, name] =
    /^arn:aws[\w-]*:lambda:([^:]+):(\d{12}):layer:(.+)$/.exec(text ?? '') ?? []
  if (name === undefined || ofRegion === undefined || ofAccount === undefined)
    return { accountId, region, name: text ?? '' }
  return { accountId: ofAccount, region: ofRegion, name }
}

/** The ARN of a layer, or of one of its versions. */
export function layerArn({ accountId, region, name }: NamedLayer, version?: number): string {
  const resource = version === undefined ? `layer:${name}` : `layer:${name}:${version}`
  return formatArn({ service: 'lambda', region, accountId, resource })
}

/** What a call names a layer version by. */
export interface LayerVersionInput {
  readonly LayerName?: string | undefined
  readonly VersionNumber?: number | undefined
}

/**
 * The layer version that a call names. `words` says that there is none.
 * @throws AwsError InvalidParameterValueException, ResourceNotFoundException
 */
export function requireLayerVersion(
  { LayerName, VersionNumber = 0 }: LayerVersionInput,
  context: LambdaContext,
  words: (arn: string) => string = arn => `Layer version ${arn} does not exist.`,
): LayerVersion {
  const named = readLayerName(LayerName, context)
  if (VersionNumber < 1) throw invalidParameter('Layer Version Cannot be less than 1')
  const found = findLayerVersion({ ...named, version: VersionNumber }, context.live)
  if (!found) throw notFound(words(layerArn(named, VersionNumber)))
  requireLayerAccess(found, context)
  return found
}

/** What lists of layers are filtered by. */
export interface LayerFilter {
  readonly CompatibleRuntime?: string | undefined
  readonly CompatibleArchitecture?: string | undefined
}

/**
 * The versions of a layer that fit a filter, newest first.
 * @throws AwsError ValidationException
 */
export function fittingVersions(
  layer: Layer | undefined,
  { CompatibleRuntime: runtime, CompatibleArchitecture: architecture }: LayerFilter,
): LayerVersion[] {
  refuseFailures(checkChoice('compatibleArchitecture', architecture, ['x86_64', 'arm64']))
  return [...(layer?.versions.values() ?? [])]
    .filter(({ runtimes }) => runtime === undefined || runtimes.some(each => each === runtime))
    .filter(
      ({ architectures }) => architecture === undefined || architectures.some(each => each === architecture),
    )
    .reverse()
}
