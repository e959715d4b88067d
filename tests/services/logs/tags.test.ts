import {
  CreateLogGroupCommand,
  ListTagsForResourceCommand,
  ListTagsLogGroupCommand,
  TagLogGroupCommand,
  TagResourceCommand,
  UntagLogGroupCommand,
  UntagResourceCommand,
} from '@aws-sdk/client-cloudwatch-logs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type LogsLab, startLogsLab } from './lab.ts'

let lab: LogsLab
beforeAll(async () => {
  lab = await startLogsLab()
})
afterAll(() => lab.close())

const arnOf = (group: string) => `arn:aws:logs:us-east-1:000000000000:log-group:${group}`

describe('tags', () => {
  it('are the same by the old and the new way', async () => {
    const logGroupName = '/etiquetas'
    const resourceArn = arnOf(logGroupName)
    const expectTags = async (tags: Record<string, string>) => {
      expect((await lab.client.send(new ListTagsLogGroupCommand({ logGroupName }))).tags).toEqual(tags)
      expect((await lab.client.send(new ListTagsForResourceCommand({ resourceArn }))).tags).toEqual(tags)
    }
    await lab.client.send(new CreateLogGroupCommand({ logGroupName, tags: { env: 'a' } }))
    await expectTags({ env: 'a' })
    await lab.client.send(new TagResourceCommand({ resourceArn, tags: { uno: '1', env: 'b' } }))
    await lab.client.send(new TagLogGroupCommand({ logGroupName, tags: { dos: '2' } }))
    await expectTags({ env: 'b', uno: '1', dos: '2' })
    await lab.client.send(new UntagLogGroupCommand({ logGroupName, tags: ['dos', 'nada'] }))
    await lab.client.send(new UntagResourceCommand({ resourceArn, tagKeys: ['env'] }))
    await expectTags({ uno: '1' })
  })

  it('belong to a group, by an ARN without an asterisk, fifty at most', async () => {
    const group = await lab.makeGroup()
    const send = (resourceArn: string, tags: Record<string, string> = { a: 'b' }) =>
      lab.client.send(new TagResourceCommand({ resourceArn, tags }))
    await expect(send(`${arnOf(group)}:*`)).rejects.toMatchObject({
      name: 'InvalidParameterException',
      message: expect.stringContaining("at 'resourceArn' failed to satisfy constraint"),
    })
    await expect(send(arnOf('/no/esta'))).rejects.toMatchObject({ name: 'ResourceNotFoundException' })
    const many = Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`k${index}`, 'v']))
    await send(arnOf(group), many)
    await expect(send(arnOf(group))).rejects.toMatchObject({
      name: 'TooManyTagsException',
      resourceName: group,
    })
  })
})
