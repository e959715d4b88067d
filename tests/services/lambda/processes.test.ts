import {
  CreateFunctionCommand,
  InvokeCommand,
  LambdaClient,
  waitUntilFunctionActiveV2,
} from '@aws-sdk/client-lambda'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type LocalCloud, startLocalCloud } from '../../../src/local-cloud.ts'
import { minimal, zip } from './lab.ts'

let cloud: LocalCloud
let lambda: LambdaClient
beforeAll(async () => {
  cloud = await startLocalCloud({ port: 0 })
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' }
  lambda = new LambdaClient({ endpoint: cloud.url, region: 'us-east-1', credentials })
})
afterAll(async () => {
  lambda.destroy()
  await cloud.close()
})

it('runs a function in a process of its own', async () => {
  const source = `export const handler = async (event, context) => ({ ...event, pid: process.pid, name: context.functionName })`
  await lambda.send(new CreateFunctionCommand({ ...minimal('saluda'), Code: { ZipFile: zip(source) } }))
  await waitUntilFunctionActiveV2({ client: lambda, maxWaitTime: 10 }, { FunctionName: 'saluda' })
  const { Payload, FunctionError, LogResult } = await lambda.send(
    new InvokeCommand({ FunctionName: 'saluda', Payload: Buffer.from('{"a":1}'), LogType: 'Tail' }),
  )
  expect(FunctionError).toBeUndefined()
  const result = JSON.parse(Payload?.transformToString() ?? '')
  expect(result).toEqual({ a: 1, pid: expect.any(Number), name: 'saluda' })
  expect(result.pid).not.toBe(process.pid)
  expect(Buffer.from(LogResult ?? '', 'base64').toString()).toContain('REPORT RequestId:')
})
