import type { Deployment, FunctionLogging } from '../runtime/runtime.ts'
import type { FunctionSettings, FunctionVersion, LambdaFunction } from '../state.ts'

/** A version as the runtime runs it. */
export function deploymentOf(
  owner: LambdaFunction,
  { version, code, settings, deployment }: FunctionVersion,
): Deployment {
  return {
    accountId: owner.accountId,
    region: owner.region,
    functionName: owner.name,
    functionArn: owner.arn,
    version,
    revision: deployment,
    runtime: settings.runtime,
    handler: settings.handler,
    memoryMegabytes: settings.memoryMegabytes,
    timeoutSeconds: settings.timeoutSeconds,
    ephemeralMegabytes: settings.ephemeralMegabytes,
    variables: settings.variables ?? {},
    roleArn: settings.role,
    code: code.blob,
    codeSha256: code.sha256,
    layers: settings.layers.map(layer => ({ code: layer.code.blob, codeSha256: layer.code.sha256 })),
    logging: loggingOf(owner, settings.logging),
  }
}

function loggingOf(owner: LambdaFunction, logging: FunctionSettings['logging']): FunctionLogging {
  const { LogFormat = 'Text', LogGroup, ApplicationLogLevel, SystemLogLevel } = logging
  return {
    logGroup: LogGroup ?? `/aws/lambda/${owner.name}`,
    format: LogFormat,
    ...(ApplicationLogLevel && { applicationLevel: ApplicationLogLevel }),
    ...(SystemLogLevel && { systemLevel: SystemLogLevel }),
  }
}
