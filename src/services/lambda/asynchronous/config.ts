import type {
  DestinationConfig,
  FunctionEventInvokeConfig,
  PutFunctionEventInvokeConfigRequest,
} from '@aws-sdk/client-lambda'
import { invalidParameter, notFound } from '../errors.ts'
import type { Answer } from '../functions/configuration.ts'
import { latestQualifier, versionOf } from '../functions/find.ts'
import { functionArn, readReference } from '../functions/reference.ts'
import { parseFunctionArn } from '../functions/target-arn.ts'
import type { LambdaContext } from '../operation.ts'
import type { EventInvokeConfig, LambdaFunction, LambdaState } from '../state.ts'
import { checkNumber, checkText, refuseFailures } from '../validation.ts'

/** What calls say of asynchronous invocations. */
export type ConfigInput = PutFunctionEventInvokeConfigRequest

const destinationPattern =
  '$|kafka://([^.]([a-zA-Z0-9\\-_.]{0,248}))|arn:(aws[a-zA-Z0-9-]*):([a-zA-Z0-9\\-])+:((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1})?:(\\d{12})?:(.*)'
const destinationServices = ['lambda', 'sqs', 'sns', 'events', 's3']

/** Where a configuration belongs. */
export interface ConfigPlace {
  readonly owner: LambdaFunction
  readonly qualifier: string
}

/**
 * Reads where a configuration goes and what it says.
 * @throws AwsError ValidationException, InvalidParameterValueException, ResourceNotFoundException
 */
export function readConfig(
  state: LambdaState,
  input: ConfigInput,
  context: LambdaContext,
): ConfigPlace & { readonly config: EventInvokeConfig } {
  const { name, qualifier = latestQualifier } = readReference(input, context)
  const { MaximumRetryAttempts: retries, MaximumEventAgeInSeconds: age, DestinationConfig: target } = input
  refuseFailures([
    ...checkNumber('maximumRetryAttempts', retries, { minimum: 0, maximum: 2 }),
    ...checkNumber('maximumEventAgeInSeconds', age, { minimum: 60, maximum: 21_600 }),
    ...checkDestination('onSuccess', target?.OnSuccess?.Destination),
    ...checkDestination('onFailure', target?.OnFailure?.Destination),
  ])
  if (retries === undefined && age === undefined && target === undefined)
    throw invalidParameter('You must specify at least one of error handling or destination setting.')
  const owner = state.functions.get(name)
  if (!owner || !versionOf(owner, qualifier)) throw notFound("The function doesn't exist.")
  if (target) refuseDestinations(owner, target, context)
  const onSuccess = target?.OnSuccess?.Destination
  const onFailure = target?.OnFailure?.Destination
  const config: EventInvokeConfig = {
    ...(retries !== undefined && { maximumRetryAttempts: retries }),
    ...(age !== undefined && { maximumEventAgeSeconds: age }),
    ...(onSuccess && { onSuccess }),
    ...(onFailure && { onFailure }),
    lastModified: Math.floor(context.clock.now() / 1000) * 1000,
  }
  return { owner, qualifier, config }
}

function checkDestination(which: string, arn: string | undefined): string[] {
  return checkText(`destinationConfig.${which}.destination`, arn, {
    maximum: 350,
    pattern: new RegExp(`^(${destinationPattern})$`),
    written: destinationPattern,
  })
}

function refuseDestinations(
  owner: LambdaFunction,
  { OnSuccess, OnFailure }: DestinationConfig,
  { live }: LambdaContext,
): void {
  const success = OnSuccess?.Destination
  const failure = OnFailure?.Destination
  for (const arn of [failure, success]) {
    if (!arn) continue
    if (!destinationServices.includes(arn.split(':', 3)[2] ?? '')) {
      const written = (kind: string, each: string | undefined): string =>
        each ? `${kind}(destination=${each})` : 'null'
      throw invalidParameter(
        `The provided destination config DestinationConfig(onSuccess=${written('OnSuccess', success)}, onFailure=${written('OnFailure', failure)}) is invalid.`,
      )
    }
    const target = parseFunctionArn(arn)
    if (!target) continue
    if (!live.platform.stateOf(target.accountId, target.region).functions.has(target.name))
      throw invalidParameter(`The destination ARN ${arn} is invalid.`)
    if (target.name === owner.name)
      throw invalidParameter("You can't specify the function as a destination for itself.")
  }
}

/**
 * The configuration that a call names.
 * @throws AwsError ResourceNotFoundException
 */
export function findConfig(
  state: LambdaState,
  input: { readonly FunctionName?: string | undefined; readonly Qualifier?: string | undefined },
  context: LambdaContext,
): ConfigPlace & { readonly config: EventInvokeConfig } {
  const { name, qualifier = latestQualifier } = readReference(input, context)
  const owner = state.functions.get(name)
  const config = owner?.eventInvokeConfigs.get(qualifier)
  if (owner && config) return { owner, qualifier, config }
  throw notFound(`The function ${functionArn(context, name, qualifier)} doesn't have an EventInvokeConfig`)
}

/** A configuration as AWS answers it. */
export function describeConfig(
  { owner, qualifier }: ConfigPlace,
  config: EventInvokeConfig,
): Answer<FunctionEventInvokeConfig> {
  const { maximumRetryAttempts, maximumEventAgeSeconds, onSuccess, onFailure, lastModified } = config
  return {
    LastModified: new Date(lastModified),
    FunctionArn: `${owner.arn}:${qualifier}`,
    MaximumRetryAttempts: maximumRetryAttempts,
    MaximumEventAgeInSeconds: maximumEventAgeSeconds,
    DestinationConfig: {
      OnSuccess: onSuccess ? { Destination: onSuccess } : {},
      OnFailure: onFailure ? { Destination: onFailure } : {},
    } as DestinationConfig,
  }
}
