import {
  CreateLogGroupCommand,
  FilterLogEventsCommand,
  StartLiveTailCommand,
} from '@aws-sdk/client-cloudwatch-logs'
import {
  CreateAccessKeyCommand,
  CreateUserCommand,
  IAMClient,
  PutUserPolicyCommand,
} from '@aws-sdk/client-iam'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type LocalCloud, startLocalCloud } from '../../../src/local-cloud.ts'
import { logsClient } from './lab.ts'

const arnOf = (group: string) => `arn:aws:logs:us-east-1:000000000000:log-group:${group}`

let cloud: LocalCloud
beforeAll(async () => {
  cloud = await startLocalCloud({ port: 0, enforceIam: true })
})
afterAll(() => cloud.close())

/** The keys of a user that may do some things. */
async function userWith(statement: object) {
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' }
  const iam = new IAMClient({ endpoint: cloud.url, region: 'us-east-1', credentials })
  await iam.send(new CreateUserCommand({ UserName: 'ana' }))
  const document = JSON.stringify({ Version: '2012-10-17', Statement: [statement] })
  await iam.send(new PutUserPolicyCommand({ UserName: 'ana', PolicyName: 'p', PolicyDocument: document }))
  const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: 'ana' }))
  iam.destroy()
  return AccessKey?.AccessKeyId ?? ''
}

it('a user follows and reads only the groups that its policy names', async () => {
  const root = logsClient(cloud.url)
  for (const logGroupName of ['/suyo', '/ajeno']) await root.send(new CreateLogGroupCommand({ logGroupName }))
  const key = await userWith({
    Effect: 'Allow',
    Action: ['logs:StartLiveTail', 'logs:FilterLogEvents'],
    Resource: `${arnOf('/suyo')}:*`,
  })
  const user = logsClient(cloud.url, key)
  const tail = (...groups: string[]) =>
    user.send(new StartLiveTailCommand({ logGroupIdentifiers: groups.map(arnOf) }))
  const { responseStream } = await tail('/suyo')
  const first = await responseStream?.[Symbol.asyncIterator]().next()
  expect(first?.value).toHaveProperty('sessionStart')
  await expect(tail('/suyo', '/ajeno')).rejects.toMatchObject({
    name: 'AccessDeniedException',
    message: expect.stringContaining(`logs:StartLiveTail on resource: ${arnOf('/ajeno')}`),
  })
  await user.send(new FilterLogEventsCommand({ logGroupIdentifier: arnOf('/suyo') }))
  const other = user.send(new FilterLogEventsCommand({ logGroupName: '/ajeno' }))
  await expect(other).rejects.toMatchObject({ name: 'AccessDeniedException' })
  root.destroy()
  user.destroy()
})
