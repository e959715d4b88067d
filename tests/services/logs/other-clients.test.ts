import { tmpdir } from 'node:os'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { awsCliVersion, startAwsCli } from '../../awslocal/running/aws-cli.ts'
import { startAwslocal } from '../../awslocal/running/awslocal.ts'
import type { Running } from '../../awslocal/running/outcome.ts'
import { environmentFor, installed, run } from '../s3/others.ts'
import { eventsFrom, type LogsLab, startLogsLab } from './lab.ts'

let lab: LogsLab
beforeAll(async () => {
  lab = await startLogsLab()
})
afterAll(() => lab.close())

async function output(client: Running, ...words: string[]): Promise<string> {
  const { status, stdout, stderr } = await client.run(['logs', ...words], { folder: tmpdir() })
  expect(stderr).toBe('')
  expect(status).toBe(0)
  return stdout
}

/** 30,000 lines of two streams, every tenth thousandth an error. */
async function fillGroup(): Promise<string> {
  const group = await lab.makeGroup('uno', 'dos')
  for (let batch = 0; batch < 3; batch += 1) {
    const lines = Array.from({ length: 10_000 }, (_, index) =>
      index === 0 ? `ERROR ${batch}` : `línea ${index}`,
    )
    const stream = batch === 1 ? 'dos' : 'uno'
    await lab.put({ group, stream }, eventsFrom(lab.clock.now() - 60_000 + batch * 10_000, lines))
  }
  return group
}

describe.skipIf(awsCliVersion === undefined)('the AWS CLI', () => {
  let cli: Running
  beforeAll(() => {
    cli = startAwsCli(lab.cloud.url)
  })
  afterAll(() => cli.stop())

  it('filters past pages that are empty', async () => {
    const group = await fillGroup()
    const words = ['filter-log-events', '--log-group-name', group, '--filter-pattern', '?ERROR ?WARN']
    const { events } = JSON.parse(await output(cli, ...words))
    expect(events.map(({ message }: { message: string }) => message)).toEqual([
      'ERROR 0',
      'ERROR 1',
      'ERROR 2',
    ])
    expect(JSON.parse(await output(cli, ...words, '--max-items', '1')).events).toHaveLength(1)
  })

  it('makes groups and streams, writes to them and reads them', async () => {
    const group = '/aws/lambda/con-la-cli'
    await output(cli, 'create-log-group', '--log-group-name', group, '--tags', 'curso=nube')
    await output(cli, 'put-retention-policy', '--log-group-name', group, '--retention-in-days', '7')
    await output(cli, 'create-log-stream', '--log-group-name', group, '--log-stream-name', 's/[$LATEST]1')
    const place = ['--log-group-name', group, '--log-stream-name', 's/[$LATEST]1']
    const event = JSON.stringify([{ timestamp: lab.clock.now(), message: 'año' }])
    await output(cli, 'put-log-events', ...place, '--log-events', event)
    expect(JSON.parse(await output(cli, 'get-log-events', ...place)).events).toMatchObject([
      { message: 'año' },
    ])
    const described = JSON.parse(await output(cli, 'describe-log-groups', '--log-group-name-prefix', group))
    expect(described.logGroups).toMatchObject([{ retentionInDays: 7, storedBytes: 30 }])
    const tags = ['list-tags-for-resource', '--resource-arn', described.logGroups[0].logGroupArn]
    expect(JSON.parse(await output(cli, ...tags))).toEqual({ tags: { curso: 'nube' } })
    await output(cli, 'delete-log-group', '--log-group-name', group)
  })
})

describe('awslocal', () => {
  it('shows a group with logs tail, past pages that are empty', async () => {
    const group = await fillGroup()
    const awslocal = startAwslocal(lab.cloud.url)
    const words = ['tail', group, '--since', '1h', '--filter-pattern', 'ERROR', '--format', 'short']
    const lines = (await output(awslocal, ...words)).trimEnd().split('\n')
    expect(lines.map(line => line.slice(line.indexOf('ERROR')))).toEqual(['ERROR 0', 'ERROR 1', 'ERROR 2'])
  })
})

describe.skipIf(!installed.boto3)('boto3', () => {
  it('follows a group with start_live_tail', async () => {
    const group = await lab.makeGroup('uno')
    const script = `
import boto3, time
from botocore.config import Config
logs = boto3.client('logs', config=Config(inject_host_prefix=False))
arn = 'arn:aws:logs:us-east-1:000000000000:log-group:${group}'
for event in logs.start_live_tail(logGroupIdentifiers=[arn])['responseStream']:
    if 'sessionStart' in event:
        logs.put_log_events(logGroupName='${group}', logStreamName='uno',
            logEvents=[{'timestamp': int(time.time() * 1000), 'message': 'hola'}])
    elif event['sessionUpdate']['sessionResults']:
        print(event['sessionUpdate']['sessionResults'][0]['message'])
        break
`
    const printed = run({ file: 'python3', arguments: ['-c', script] }, environmentFor(lab.cloud.url))
    expect(await printed).toBe('hola\n')
  })
})
