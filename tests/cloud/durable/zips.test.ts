import { randomBytes } from 'node:crypto'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import {
  CreateFunctionCommand,
  DeleteFunctionCommand,
  GetFunctionCommand,
  PublishVersionCommand,
  UpdateFunctionCodeCommand,
  waitUntilFunctionActiveV2,
  waitUntilFunctionUpdatedV2,
} from '@aws-sdk/client-lambda'
import { expect, it } from 'vitest'
import { startLocalCloud } from '../../../src/local-cloud.ts'
import { type Clients, clientsOf } from '../../local-cloud/remembering/clients.ts'
import { makeZip } from '../../services/lambda/code/zips.ts'
import { inFolder } from '../blobs/lab.ts'

const newZip = (): Buffer =>
  makeZip({
    'index.mjs': 'export const handler = async () => 1',
    'datos.txt': randomBytes(200_000).toString('base64'),
  })

const waiting = (client: Clients['lambda']) => ({ client, maxWaitTime: 20, minDelay: 0.05, maxDelay: 0.1 })

it('zips of a cloud with a data folder are there as long as a version needs them, and over a restart', () =>
  inFolder(async dataFolder => {
    const FunctionName = 'grande'
    const [first, second, third] = [newZip(), newZip(), newZip()]
    const bugs: unknown[] = []
    const withCloud = async (action: (lambda: Clients['lambda']) => Promise<void>): Promise<void> => {
      const cloud = await startLocalCloud({ port: 0, dataFolder, onBug: error => bugs.push(error) })
      const clients = clientsOf(cloud.url)
      await action(clients.lambda)
      clients.close()
      await cloud.close()
    }
    const bodyFiles = () => readdirSync(join(dataFolder, 'blobs'))
    const zipOf = async (lambda: Clients['lambda'], Qualifier: string): Promise<Buffer> => {
      const { Code } = await lambda.send(new GetFunctionCommand({ FunctionName, Qualifier }))
      return Buffer.from(await (await fetch(Code?.Location ?? '')).arrayBuffer())
    }
    await withCloud(async lambda => {
      await lambda.send(
        new CreateFunctionCommand({
          FunctionName,
          Runtime: 'nodejs20.x',
          Role: 'arn:aws:iam::000000000000:role/r',
          Handler: 'index.handler',
          Code: { ZipFile: first },
        }),
      )
      await waitUntilFunctionActiveV2(waiting(lambda), { FunctionName })
      await lambda.send(new PublishVersionCommand({ FunctionName }))
      await lambda.send(new UpdateFunctionCodeCommand({ FunctionName, ZipFile: second }))
      await waitUntilFunctionUpdatedV2(waiting(lambda), { FunctionName })
      await expect.poll(() => bodyFiles().length).toBe(2)
    })
    await withCloud(async lambda => {
      expect((await zipOf(lambda, '1')).equals(first)).toBe(true)
      expect((await zipOf(lambda, '$LATEST')).equals(second)).toBe(true)
      await lambda.send(new UpdateFunctionCodeCommand({ FunctionName, ZipFile: third }))
      await waitUntilFunctionUpdatedV2(waiting(lambda), { FunctionName })
      await expect.poll(() => bodyFiles().length).toBe(2)
      expect((await zipOf(lambda, '1')).equals(first)).toBe(true)
      expect((await zipOf(lambda, '$LATEST')).equals(third)).toBe(true)
      await lambda.send(new DeleteFunctionCommand({ FunctionName }))
      await expect.poll(bodyFiles).toEqual([])
    })
    expect(bugs).toEqual([])
  }))
