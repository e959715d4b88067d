import type { AliasConfiguration, AliasRoutingConfiguration } from '@aws-sdk/client-lambda'
import { functionNotFound, invalidParameter } from '../errors.ts'
import type { Answer } from '../functions/configuration.ts'
import { latestQualifier, versionOf } from '../functions/find.ts'
import type { Alias, LambdaFunction } from '../state.ts'
import { checkText, complaint, missing, refuseFailures } from '../validation.ts'

const member = 'routingConfig.additionalVersionWeights'
const keyRule =
  'Map keys must satisfy constraint: [Member must have length less than or equal to 1024, Member must have length greater than or equal to 1, Member must satisfy regular expression pattern: [0-9]+]'
const valueRule =
  'Map value must satisfy constraint: [Member must have value less than or equal to 1.0, Member must have value greater than or equal to 0.0, Member must not be null]'

/** Complaints about an alias's name. */
export function checkAliasName(name: string | undefined): string[] {
  if (name === undefined) return [missing('name')]
  return checkText('name', name, {
    minimum: 1,
    maximum: 128,
    pattern: /^(?!^[0-9]+$)([a-zA-Z0-9-_]+)$/,
    written: '(?!^[0-9]+$)([a-zA-Z0-9-_]+)',
  })
}

/** An alias as AWS answers it. */
export function describeAlias(owner: LambdaFunction, alias: Alias): Answer<AliasConfiguration> {
  const { name, description, version, additional, revisionId } = alias
  return {
    AliasArn: `${owner.arn}:${name}`,
    Name: name,
    FunctionVersion: version,
    Description: description,
    ...(additional && {
      RoutingConfig: { AdditionalVersionWeights: { [additional.version]: additional.weight } },
    }),
    RevisionId: revisionId,
  }
}

/**
 * Reads the second version of an alias and its share; `version` is the first.
 * @throws AwsError ValidationException, InvalidParameterValueException, ResourceNotFoundException
 */
export function readRouting(
  owner: LambdaFunction,
  version: string,
  routing: AliasRoutingConfiguration | undefined,
): Alias['additional'] {
  const weights = Object.entries(routing?.AdditionalVersionWeights ?? {})
  const [first] = weights
  if (!first) return undefined
  if (weights.length > 1)
    throw invalidParameter('Number of items in AdditionalVersionWeights cannot be greater than 1')
  const [other, weight] = first
  const written = `{${other}=${formatWeight(weight)}}`
  if (weight < 0 || weight > 1) refuseFailures([complaint(member, written, valueRule)])
  if (!/^\d+$/.test(other)) refuseFailures([complaint(member, written, keyRule)])
  if (version === latestQualifier)
    throw invalidParameter('$LATEST is not supported for an alias pointing to more than 1 version')
  if (other === version) {
    throw invalidParameter(
      `Invalid function version ${other}. Function version ${other} is already included in routing configuration.`,
    )
  }
  requireVersion(owner, other)
  return { version: other, weight }
}

/**
 * Refuses a version that is not there.
 * @throws AwsError ResourceNotFoundException
 */
export function requireVersion(owner: LambdaFunction, version: string): void {
  const found = versionOf(owner, version)
  if (!found || found.alias) throw functionNotFound(`${owner.arn}:${version}`)
}

/** A number as Java writes it: `2.0`. */
function formatWeight(weight: number): string {
  return Number.isInteger(weight) ? weight.toFixed(1) : String(weight)
}
