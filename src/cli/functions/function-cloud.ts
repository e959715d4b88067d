import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs'
import { LambdaClient } from '@aws-sdk/client-lambda'
import { exitCodes, UserError } from '../../core/user-error.ts'
import type { CommandContext } from '../context.ts'
import { askHealth } from '../machine/endpoint-health.ts'

/** The running cloud that functions are deployed to. */
export interface FunctionCloud {
  readonly endpoint: string
  readonly lambda: LambdaClient
  readonly logs: CloudWatchLogsClient
  close(): void
}

/** Where `npm run cloud` listens unless told otherwise. */
const defaultEndpoint = 'http://localhost:4566'

/**
 * Connects to the cloud of `AWS_ENDPOINT_URL`, or the one on port 4566: never to AWS itself.
 * @throws UserError `no-cloud` when none answers there
 */
export async function connectToCloud({ env, messages }: CommandContext): Promise<FunctionCloud> {
  const endpoint = env.AWS_ENDPOINT_URL || defaultEndpoint
  const health = URL.canParse(endpoint) ? await askHealth(endpoint) : undefined
  if (health?.kind !== 'cloud') {
    const { lambda } = messages
    throw new UserError({
      code: 'no-running-cloud',
      message: lambda.noCloud(endpoint),
      nextStep: 'npm run cloud',
      exitCode: exitCodes.environment,
    })
  }
  const options = {
    endpoint,
    region: env.AWS_REGION || env.AWS_DEFAULT_REGION || 'us-east-1',
    credentials: {
      accessKeyId: env.AWS_ACCESS_KEY_ID || 'test',
      secretAccessKey: env.AWS_SECRET_ACCESS_KEY || 'test',
      ...(env.AWS_SESSION_TOKEN ? { sessionToken: env.AWS_SESSION_TOKEN } : {}),
    },
    // Whoever waits here sees a failure at once, and what failed is tried again with the next save.
    maxAttempts: 1,
  }
  const lambda = new LambdaClient(options)
  const logs = new CloudWatchLogsClient(options)
  return {
    endpoint,
    lambda,
    logs,
    close: () => {
      lambda.destroy()
      logs.destroy()
    },
  }
}

/** Whether a call failed because nobody answered it. */
export function isUnanswered(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const codes = [error, ...('errors' in error && Array.isArray(error.errors) ? error.errors : [])]
  return codes.some(each => ['ECONNREFUSED', 'ECONNRESET', 'EPIPE'].includes(String(Object(each).code)))
}
