import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  DescribeLogGroupsCommand,
  FilterLogEventsCommand,
  PutRetentionPolicyCommand,
} from '@aws-sdk/client-cloudwatch-logs'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startLocalCloud } from '../../../src/local-cloud.ts'
import { eventsFrom, type LogsLab, logsClient, startLogsLab } from './lab.ts'

let lab: LogsLab
beforeAll(async () => {
  lab = await startLogsLab()
})
afterAll(() => lab.close())

it('groups, streams and events are those of the cloud that was saved', async () => {
  const logGroupName = await lab.makeGroup('uno', 'dos')
  await lab.client.send(new PutRetentionPolicyCommand({ logGroupName, retentionInDays: 7 }))
  await lab.put({ group: logGroupName, stream: 'dos' }, eventsFrom(lab.clock.now() + 10, ['b', 'c']))
  await lab.put({ group: logGroupName }, eventsFrom(lab.clock.now(), ['a']))
  const folder = await mkdtemp(join(tmpdir(), 'logs-'))
  try {
    await lab.cloud.saveSnapshot(folder)
    const again = await startLocalCloud({ port: 0, snapshot: folder })
    const client = logsClient(again.url)
    for (const command of [new FilterLogEventsCommand({ logGroupName }), new DescribeLogGroupsCommand({})]) {
      const { $metadata: _ours, ...saved } = await lab.client.send(command as DescribeLogGroupsCommand)
      const { $metadata: _theirs, ...restored } = await client.send(command as DescribeLogGroupsCommand)
      expect(restored).toEqual(saved)
    }
    client.destroy()
    await again.close()
  } finally {
    await rm(folder, { recursive: true })
  }
})
