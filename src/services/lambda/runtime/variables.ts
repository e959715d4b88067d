import { createHash } from 'node:crypto'
import { delimiter } from 'node:path'
import type { Platform } from '../../../cloud/live-part.ts'
import { issueCredentials, type SessionCredentials } from '../../../cloud/session-credentials.ts'
import type { Deployment } from './runtime.ts'

/** How long the credentials of an environment are good for, in seconds; it is replaced before they run out. */
const credentialSeconds = 12 * 3600

/** Issues the temporary credentials of a function's role. */
export function issueRoleCredentials(deployment: Deployment, platform: Platform): SessionCredentials {
  const { roleArn, functionName } = deployment
  const [, , , , accountId = deployment.accountId, path = ''] = roleArn.split(':')
  const role = path.split('/').at(-1) ?? ''
  const roleId = createHash('sha256').update(roleArn).digest('hex').toUpperCase().slice(0, 17)
  return issueCredentials(
    {
      accountId,
      arn: `arn:aws:sts::${accountId}:assumed-role/${role}/${functionName}`,
      userId: `AROA${roleId}:${functionName}`,
      durationSeconds: credentialSeconds,
    },
    platform,
  )
}

/** What an environment's variables are made of. */
export interface VariableSources {
  readonly deployment: Deployment
  readonly credentials: SessionCredentials
  readonly logStream: string
  readonly endpoint: string
  /** Of the Runtime API. */
  readonly port: number
  readonly task: string
  readonly opt: string
  readonly temporary: string
}

/** The variables that every function has, its own included. https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html */
export function createVariables(sources: VariableSources): Record<string, string> {
  const { deployment, opt, task } = sources
  return {
    LANG: 'en_US.UTF-8',
    TZ: ':UTC',
    PATH: [`${opt}/bin`, process.env.PATH ?? '/usr/bin:/bin'].join(delimiter),
    LD_LIBRARY_PATH: [task, `${task}/lib`, `${opt}/lib`].join(':'),
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    AWS_ENDPOINT_URL: sources.endpoint,
    TMPDIR: sources.temporary,
    ...(process.platform === 'win32' && {
      SystemRoot: process.env.SystemRoot ?? '',
      TEMP: sources.temporary,
      TMP: sources.temporary,
    }),
    ...deployment.variables,
    ...reservedVariables(sources),
  }
}

/** Those that a function's own variables cannot replace. */
function reservedVariables(sources: VariableSources): Record<string, string> {
  const { deployment, credentials, logStream, port, task } = sources
  const { logging } = deployment
  return {
    _HANDLER: deployment.handler,
    LAMBDA_TASK_ROOT: task,
    LAMBDA_RUNTIME_DIR: '/var/runtime',
    AWS_REGION: deployment.region,
    AWS_DEFAULT_REGION: deployment.region,
    AWS_EXECUTION_ENV: `AWS_Lambda_${deployment.runtime}`,
    AWS_LAMBDA_FUNCTION_NAME: deployment.functionName,
    AWS_LAMBDA_FUNCTION_VERSION: deployment.version,
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(deployment.memoryMegabytes),
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_LAMBDA_LOG_GROUP_NAME: logging.logGroup,
    AWS_LAMBDA_LOG_STREAM_NAME: logStream,
    AWS_LAMBDA_LOG_FORMAT: logging.format,
    ...(logging.applicationLevel !== undefined && { AWS_LAMBDA_LOG_LEVEL: logging.applicationLevel }),
    AWS_LAMBDA_RUNTIME_API: `127.0.0.1:${port}`,
    AWS_ACCESS_KEY_ID: credentials.AccessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.SecretAccessKey,
    AWS_SESSION_TOKEN: credentials.SessionToken,
    AWS_XRAY_CONTEXT_MISSING: 'LOG_ERROR',
  }
}
