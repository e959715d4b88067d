import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs'
import { IAMClient } from '@aws-sdk/client-iam'
import {
  CreateFunctionCommand,
  type CreateFunctionCommandInput,
  LambdaClient,
  waitUntilFunctionActiveV2,
} from '@aws-sdk/client-lambda'
import { S3Client } from '@aws-sdk/client-s3'
import { minimal } from '../../services/lambda/lab.ts'

/** Clients of one running cloud that ask once: what is not answered is not asked again behind a test's back. */
export interface Clients {
  readonly s3: S3Client
  readonly iam: IAMClient
  readonly lambda: LambdaClient
  readonly logs: CloudWatchLogsClient
  close(): void
}

/** Creates the clients of a cloud; account 000000000000 unless other credentials are given. */
export function clientsOf(
  endpoint: string,
  credentials: { accessKeyId: string; secretAccessKey: string; sessionToken?: string } = {
    accessKeyId: 'test',
    secretAccessKey: 'test',
  },
): Clients {
  const options = { endpoint, region: 'us-east-1', credentials, maxAttempts: 1 }
  const clients = {
    s3: new S3Client({ ...options, forcePathStyle: true }),
    iam: new IAMClient(options),
    lambda: new LambdaClient(options),
    logs: new CloudWatchLogsClient(options),
  }
  return {
    ...clients,
    close: () => {
      for (const client of Object.values(clients)) client.destroy()
    },
  }
}

/** Creates a function and waits until it is active. */
export async function createFunction(
  { lambda }: Pick<Clients, 'lambda'>,
  FunctionName: string,
  input: Partial<CreateFunctionCommandInput> = {},
): Promise<void> {
  await lambda.send(new CreateFunctionCommand({ ...minimal(FunctionName), ...input }))
  await waitUntilFunctionActiveV2({ client: lambda, maxWaitTime: 30, minDelay: 0.05 }, { FunctionName })
}
