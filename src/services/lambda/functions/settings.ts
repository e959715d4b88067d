import type { CreateFunctionRequest, LoggingConfig } from '@aws-sdk/client-lambda'
import { invalidParameter } from '../errors.ts'
import {
  ephemeralMegabytes,
  maxDescriptionLength,
  maxHandlerLength,
  maxLayers,
  memoryMegabytes,
  timeoutSeconds,
} from '../limits.ts'
import { currentRuntimes, retiredRuntimes } from '../runtimes.ts'
import type { AttachedLayer, FunctionSettings } from '../state.ts'
import { checkChoice, checkNumber, checkText, complaint } from '../validation.ts'
import { checkVariables } from './variables.ts'

/** What calls say of how a function runs. */
export type SettingsInput = Pick<
  CreateFunctionRequest,
  | 'Architectures'
  | 'DeadLetterConfig'
  | 'Description'
  | 'Environment'
  | 'EphemeralStorage'
  | 'FileSystemConfigs'
  | 'Handler'
  | 'KMSKeyArn'
  | 'Layers'
  | 'LoggingConfig'
  | 'MemorySize'
  | 'SnapStart'
  | 'Timeout'
  | 'TracingConfig'
  | 'VpcConfig'
> & { readonly Role?: string | undefined; readonly Runtime?: string | undefined }

const architectures = ['x86_64', 'arm64'] as const
/** Megabytes that the model allows; functions outside of managed instances may have less. */
const modelledMegabytes = 32_768
const rolePattern = 'arn:(aws[a-zA-Z-]*)?:iam::\\d{12}:role/?[a-zA-Z_0-9+=,.@\\-_/]+'

/** Complaints about settings that the API model does not allow. */
export function checkSettings(input: SettingsInput): string[] {
  return [
    ...checkText('role', input.Role, { pattern: new RegExp(`^${rolePattern}$`), written: rolePattern }),
    ...checkText('handler', input.Handler, {
      maximum: maxHandlerLength,
      pattern: /^[^\s]+$/,
      written: '[^\\s]+',
    }),
    ...checkText('description', input.Description, { maximum: maxDescriptionLength }),
    ...checkNumber('timeout', input.Timeout, timeoutSeconds),
    ...checkNumber('memorySize', input.MemorySize, {
      minimum: memoryMegabytes.minimum,
      maximum: modelledMegabytes,
    }),
    ...checkNumber('ephemeralStorage.size', input.EphemeralStorage?.Size, ephemeralMegabytes),
    ...checkArchitectures(input.Architectures),
    ...checkChoice('tracingConfig.mode', input.TracingConfig?.Mode, ['Active', 'PassThrough']),
    ...checkChoice('snapStart.applyOn', input.SnapStart?.ApplyOn, ['PublishedVersions', 'None']),
    ...checkLogging(input.LoggingConfig),
  ]
}

function checkArchitectures(given: SettingsInput['Architectures']): string[] {
  if (given === undefined) return []
  const written = `[${given.join(', ')}]`
  if (given.length !== 1) {
    const bound = given.length === 0 ? 'greater than or equal to 1' : 'less than or equal to 1'
    return [complaint('architectures', written, `Member must have length ${bound}`)]
  }
  if (architectures.some(each => each === given[0])) return []
  const choices = '[Member must satisfy enum value set: [x86_64, arm64], Member must not be null]'
  return [complaint('architectures', written, `Member must satisfy constraint: ${choices}`)]
}

function checkLogging(logging: LoggingConfig | undefined): string[] {
  return [
    ...checkChoice('loggingConfig.logFormat', logging?.LogFormat, ['JSON', 'Text']),
    ...checkText('loggingConfig.logGroup', logging?.LogGroup, {
      minimum: 1,
      maximum: 512,
      pattern: /^[.\-_/#A-Za-z0-9]+$/,
      written: '[\\.\\-_/#A-Za-z0-9]+',
    }),
  ]
}

/**
 * Refuses settings that fit the model and still cannot be.
 * @throws AwsError InvalidParameterValueException
 */
export function refuseImpossible(input: SettingsInput): void {
  checkVariables(input.Environment?.Variables)
  if ((input.MemorySize ?? 0) > memoryMegabytes.maximum) {
    throw invalidParameter(
      `'MemorySize' value failed to satisfy constraint: Member must have value less than or equal to ${memoryMegabytes.maximum}`,
    )
  }
  if ((input.Layers?.length ?? 0) > maxLayers)
    throw invalidParameter(`Cannot reference more than ${maxLayers} layers.`)
  refuseRuntime(input.Runtime)
  refuseLogging(input.LoggingConfig)
}

function refuseRuntime(runtime: string | undefined): void {
  if (runtime === undefined || currentRuntimes.includes(runtime)) return
  if (retiredRuntimes.includes(runtime)) {
    throw invalidParameter(
      `The runtime parameter of ${runtime} is no longer supported for creating or updating AWS Lambda functions. We recommend you use a supported runtime while creating or updating functions.`,
    )
  }
  throw invalidParameter(
    `Value ${runtime} at 'runtime' failed to satisfy constraint: Member must satisfy enum value set: [${currentRuntimes.join(', ')}] or be a valid ARN`,
  )
}

function refuseLogging(logging: LoggingConfig | undefined): void {
  const hasLevel = logging?.ApplicationLogLevel !== undefined || logging?.SystemLogLevel !== undefined
  if (hasLevel && logging?.LogFormat === 'Text') {
    throw invalidParameter(
      'LogLevel is not supported when LogFormat is set to "Text". Remove LogLevel from your request or change the LogFormat to "JSON" and try again.',
    )
  }
}

/** The settings of a new function. `layers` are those that `input.Layers` names. */
export function newSettings(
  input: SettingsInput,
  facts: { readonly functionName: string; readonly layers: readonly AttachedLayer[] },
): FunctionSettings {
  const fresh: FunctionSettings = {
    runtime: input.Runtime as FunctionSettings['runtime'],
    handler: input.Handler ?? '',
    role: input.Role ?? '',
    description: '',
    timeoutSeconds: timeoutSeconds.default,
    memoryMegabytes: memoryMegabytes.default,
    ephemeralMegabytes: ephemeralMegabytes.default,
    architectures: input.Architectures ?? ['x86_64'],
    layers: [],
    logging: { LogFormat: 'Text', LogGroup: `/aws/lambda/${facts.functionName}` },
    tracing: 'PassThrough',
    snapStart: 'None',
  }
  return changedSettings(fresh, input, facts.layers)
}

/** Settings with what a call changes of them; what it leaves out stays. `layers` are those that it names. */
export function changedSettings(
  old: FunctionSettings,
  input: SettingsInput,
  layers: readonly AttachedLayer[] | undefined,
): FunctionSettings {
  const { deadLetterArn, ...rest } = old
  const target = input.DeadLetterConfig ? input.DeadLetterConfig.TargetArn : deadLetterArn
  const variables = input.Environment ? (input.Environment.Variables ?? {}) : old.variables
  return {
    ...rest,
    runtime: (input.Runtime as FunctionSettings['runtime'] | undefined) ?? old.runtime,
    handler: input.Handler ?? old.handler,
    role: input.Role ?? old.role,
    description: input.Description ?? old.description,
    timeoutSeconds: input.Timeout ?? old.timeoutSeconds,
    memoryMegabytes: input.MemorySize ?? old.memoryMegabytes,
    ephemeralMegabytes: input.EphemeralStorage?.Size ?? old.ephemeralMegabytes,
    layers: layers ?? old.layers,
    logging: changedLogging(old.logging, input.LoggingConfig),
    tracing: input.TracingConfig?.Mode ?? old.tracing,
    snapStart: input.SnapStart?.ApplyOn ?? old.snapStart,
    ...(variables && { variables }),
    ...(target && { deadLetterArn: target }),
    ...(input.VpcConfig && { vpc: input.VpcConfig }),
    ...(input.FileSystemConfigs && { fileSystems: input.FileSystemConfigs }),
    ...(input.KMSKeyArn !== undefined && { kmsKeyArn: input.KMSKeyArn }),
  }
}

/** With JSON come levels, which Text does not have. */
function changedLogging(old: LoggingConfig, input: LoggingConfig | undefined): LoggingConfig {
  if (!input) return old
  const merged = { ...old, ...input }
  if (merged.LogFormat === 'JSON') return { ApplicationLogLevel: 'INFO', SystemLogLevel: 'INFO', ...merged }
  const { LogFormat, LogGroup } = merged
  return { LogFormat, LogGroup }
}
