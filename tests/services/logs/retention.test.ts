import {
  DeleteRetentionPolicyCommand,
  DescribeLogGroupsCommand,
  DescribeLogStreamsCommand,
  PutRetentionPolicyCommand,
} from '@aws-sdk/client-cloudwatch-logs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { retentionDays } from '../../../src/services/logs/limits.ts'
import { eventsFrom, type LogsLab, startLogsLab } from './lab.ts'

let lab: LogsLab
beforeAll(async () => {
  lab = await startLogsLab()
})
afterAll(() => lab.close())

async function describeGroup(logGroupName: string) {
  const { logGroups = [] } = await lab.client.send(
    new DescribeLogGroupsCommand({ logGroupNamePrefix: logGroupName }),
  )
  return logGroups.find(group => group.logGroupName === logGroupName)
}

describe('retention', () => {
  it.each(retentionDays)('may be %i days', async retentionInDays => {
    const logGroupName = await lab.makeGroup()
    await lab.client.send(new PutRetentionPolicyCommand({ logGroupName, retentionInDays }))
    expect(await describeGroup(logGroupName)).toMatchObject({ retentionInDays })
  })

  it('may not be any other number', async () => {
    const logGroupName = await lab.makeGroup()
    const command = new PutRetentionPolicyCommand({ logGroupName, retentionInDays: 2 })
    await expect(lab.client.send(command)).rejects.toMatchObject({
      name: 'InvalidParameterException',
      message: `Invalid retention value. Valid values are: [${retentionDays.join(', ')}]`,
    })
  })

  it("expires events on the cloud's clock and leaves the stream", async () => {
    const kept = await lab.makeGroup('uno')
    const expiring = await lab.makeGroup('uno')
    const forever = await lab.makeGroup('uno')
    await lab.client.send(new PutRetentionPolicyCommand({ logGroupName: expiring, retentionInDays: 3 }))
    await lab.client.send(new PutRetentionPolicyCommand({ logGroupName: kept, retentionInDays: 5 }))
    await lab.client.send(new PutRetentionPolicyCommand({ logGroupName: forever, retentionInDays: 1 }))
    await lab.client.send(new DeleteRetentionPolicyCommand({ logGroupName: forever }))
    for (const group of [kept, expiring, forever]) {
      await lab.put({ group }, eventsFrom(lab.clock.now(), ['a', 'b']))
    }
    await lab.cloud.advanceClock(3 * 24 * 60 * 60 * 1000 + 1000)
    expect(await describeGroup(expiring)).toMatchObject({ storedBytes: 0, retentionInDays: 3 })
    expect(await describeGroup(kept)).toMatchObject({ storedBytes: 2 * 27 })
    expect(await describeGroup(forever)).toMatchObject({ storedBytes: 2 * 27 })
    const { logStreams } = await lab.client.send(new DescribeLogStreamsCommand({ logGroupName: expiring }))
    expect(logStreams).toHaveLength(1)
  })
})
