import {
  CreateLogGroupCommand,
  DescribeLogGroupsCommand,
  FilterLogEventsCommand,
} from '@aws-sdk/client-cloudwatch-logs'
import { beforeAll, describe, expect, it } from 'vitest'
import { awslocal, useHints } from '../../cloud/hints/lab.ts'

const lab = useHints()
let logs: ReturnType<typeof lab.clients>['logs']
beforeAll(() => {
  logs = lab.clients().logs
})

const filter = (logGroupName: string) => logs.send(new FilterLogEventsCommand({ logGroupName }))

describe('a log group that is not there', () => {
  it('is born with the first line of its function: told once, also when it is polled', async () => {
    const logGroupName = '/aws/lambda/sin-llamar'
    expect(await lab.lineOf(filter(logGroupName))).toMatchObject({
      service: 'logs',
      operation: 'FilterLogEvents',
      resource: logGroupName,
      status: 400,
      hint: {
        id: 'logs.group-not-yet',
        facts: { group: logGroupName, function: 'sin-llamar' },
        command: `${awslocal(lab)} lambda invoke --function-name sin-llamar /dev/stdout`,
      },
    })
    for (let turn = 0; turn < 3; turn++) expect(await lab.hintOf(filter(logGroupName))).toBeUndefined()
    lab.clock.advance(60_001)
    expect(await lab.hintOf(filter(logGroupName))).toMatchObject({ id: 'logs.group-not-yet', omitted: 3 })
  })

  it('is told of a listing without rows as well', async () => {
    const describe = (logGroupNamePrefix: string) =>
      logs.send(new DescribeLogGroupsCommand({ logGroupNamePrefix }))
    expect((await lab.hintOf(describe('/aws/lambda/nadie')))?.id).toBe('logs.group-not-yet')
    expect(await lab.hintOf(describe('/aws/lambda/'))).toBeUndefined()
    expect(await lab.hintOf(describe('otra-cosa'))).toBeUndefined()
  })

  it('is in another region', async () => {
    const group = '/aws/lambda/europea'
    const { logs: european } = lab.clients({ region: 'eu-west-1' })
    await european.send(new CreateLogGroupCommand({ logGroupName: group }))
    expect(await lab.hintOf(filter(group))).toMatchObject({
      id: 'logs.group-elsewhere',
      facts: { group, region: 'us-east-1', otherRegion: 'eu-west-1' },
      command: expect.stringMatching(/ --region eu-west-1$/),
    })
  })

  it('has a name that is nearly one', async () => {
    await logs.send(new CreateLogGroupCommand({ logGroupName: '/aws/lambda/procesar-csv' }))
    for (const group of ['procesar-csv', '/aws/lambda/procesar-cvs', '/aws/lambda/Procesar_csv']) {
      expect(await lab.hintOf(filter(group))).toMatchObject({
        id: 'logs.group-near',
        facts: { group, existing: '/aws/lambda/procesar-csv' },
        command: `${awslocal(lab)} logs tail /aws/lambda/procesar-csv`,
      })
    }
  })
})
