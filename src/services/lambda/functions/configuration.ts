import { createHash } from 'node:crypto'
import type { FunctionConfiguration } from '@aws-sdk/client-lambda'
import { formatArn } from '../../../core/arn.ts'
import type { Activation, FunctionSettings, FunctionVersion, LambdaFunction } from '../state.ts'

/** An answer as operations build it: members that do not apply are left out or `undefined`. */
export type Answer<Output> = { -readonly [Member in keyof Output]?: Output[Member] | undefined } & {
  $status?: number
}

/** A version's configuration as AWS answers it. `qualifier` is the one in the ARN, where it has one. */
export function describeVersion(
  owner: LambdaFunction,
  version: FunctionVersion,
  qualifier?: string,
): Answer<FunctionConfiguration> {
  return {
    ...describeSettings(owner, version, qualifier),
    ...describeActivation(version.activation),
    RuntimeVersionConfig: { RuntimeVersionArn: runtimeVersionArn(owner.region, version.settings.runtime) },
  }
}

/** A version's configuration as lists show it: without what may still change. */
export function describeInList(
  owner: LambdaFunction,
  version: FunctionVersion,
  qualifier?: string,
): Answer<FunctionConfiguration> {
  return describeSettings(owner, version, qualifier)
}

function describeSettings(
  owner: LambdaFunction,
  { settings, code, version, revisionId, lastModified }: FunctionVersion,
  qualifier: string | undefined,
): Answer<FunctionConfiguration> {
  return {
    FunctionName: owner.name,
    FunctionArn: qualifier === undefined ? owner.arn : `${owner.arn}:${qualifier}`,
    Runtime: settings.runtime,
    Role: settings.role,
    Handler: settings.handler,
    CodeSize: code.size,
    CodeSha256: code.sha256,
    Description: settings.description,
    Timeout: settings.timeoutSeconds,
    MemorySize: settings.memoryMegabytes,
    LastModified: formatTime(lastModified),
    Version: version,
    RevisionId: revisionId,
    PackageType: 'Zip',
    TracingConfig: { Mode: settings.tracing },
    Architectures: [...settings.architectures],
    EphemeralStorage: { Size: settings.ephemeralMegabytes },
    SnapStart: {
      ApplyOn: settings.snapStart,
      OptimizationStatus: 'Off',
    },
    LoggingConfig: settings.logging,
    ...describeOptions(settings),
  }
}

function describeOptions(settings: FunctionSettings): Answer<FunctionConfiguration> {
  const { variables, layers, deadLetterArn, vpc, fileSystems, kmsKeyArn } = settings
  return {
    ...(variables && { Environment: { Variables: variables } }),
    ...(layers.length > 0 && { Layers: layers.map(({ arn, code }) => ({ Arn: arn, CodeSize: code.size })) }),
    ...(deadLetterArn && { DeadLetterConfig: { TargetArn: deadLetterArn } }),
    ...(vpc && { VpcConfig: describeVpc(vpc) }),
    ...(fileSystems && { FileSystemConfigs: [...fileSystems] }),
    ...(kmsKeyArn && { KMSKeyArn: kmsKeyArn }),
  }
}

function describeVpc(vpc: NonNullable<FunctionSettings['vpc']>): FunctionConfiguration['VpcConfig'] {
  const { SubnetIds = [], SecurityGroupIds = [], Ipv6AllowedForDualStack = false } = vpc
  const VpcId = SubnetIds.length === 0 ? '' : `vpc-${digest(SubnetIds.join()).slice(0, 17)}`
  return { SubnetIds, SecurityGroupIds, VpcId, Ipv6AllowedForDualStack }
}

function describeActivation({ state, reason, lastUpdate }: Activation): Answer<FunctionConfiguration> {
  const creating = { reason: 'The function is being created.', code: 'Creating' } as const
  return {
    State: state,
    ...(state === 'Pending' && { StateReason: creating.reason, StateReasonCode: creating.code }),
    ...(state === 'Failed' && { StateReason: reason, StateReasonCode: 'InvalidRuntime' }),
    ...(lastUpdate && { LastUpdateStatus: lastUpdate }),
    ...(lastUpdate === 'InProgress' && {
      LastUpdateStatusReason: creating.reason,
      // Recorded on AWS, and yet not among the codes of its model.
      LastUpdateStatusReasonCode: creating.code as 'InternalError',
    }),
    ...(lastUpdate === 'Failed' && {
      LastUpdateStatusReason: reason,
      LastUpdateStatusReasonCode: 'InvalidRuntime',
    }),
  }
}

/** The version of a runtime as AWS names it; here the same one always. */
function runtimeVersionArn(region: string, runtime: string): string {
  return formatArn({ service: 'lambda', region, resource: `runtime:${digest(runtime)}` })
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

/** A time as Lambda writes it: `2026-11-25T10:31:07.120+0000`. */
export function formatTime(time: number): string {
  return new Date(time).toISOString().replace('Z', '+0000')
}
