import { CreateFunctionCommand, LambdaClient, waitUntilFunctionActiveV2 } from '@aws-sdk/client-lambda'
import { afterAll, beforeAll } from 'vitest'
import { type LocalCloud, startLocalCloud } from '../../../src/local-cloud.ts'
import { minimal, zip } from './lab.ts'

/** The cloud as it is started for people, whose functions run in processes of their own. */
export interface ProcessLab {
  readonly cloud: LocalCloud
  readonly lambda: LambdaClient
  /** Creates a function of one file and waits until it is active. */
  deploy(FunctionName: string, source: string): Promise<void>
}

/** Starts a cloud before a file's tests and stops it after them. */
export function useProcesses(): ProcessLab {
  const lab = {
    deploy: async (FunctionName, source) => {
      const Code = { ZipFile: zip(source) }
      await lab.lambda.send(new CreateFunctionCommand({ ...minimal(FunctionName), Code }))
      await waitUntilFunctionActiveV2({ client: lab.lambda, maxWaitTime: 10 }, { FunctionName })
    },
  } as { -readonly [Member in keyof ProcessLab]: ProcessLab[Member] }
  beforeAll(async () => {
    lab.cloud = await startLocalCloud({ port: 0 })
    lab.lambda = new LambdaClient({
      endpoint: lab.cloud.url,
      region: 'us-east-1',
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    })
  })
  afterAll(async () => {
    lab.lambda.destroy()
    await lab.cloud.close()
  })
  return lab
}
