import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs'
import { IAMClient } from '@aws-sdk/client-iam'
import { LambdaClient } from '@aws-sdk/client-lambda'
import { S3Client } from '@aws-sdk/client-s3'

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
