import { TestMetricFilterCommand } from '@aws-sdk/client-cloudwatch-logs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type LogsLab, startLogsLab } from '../lab.ts'

let lab: LogsLab
beforeAll(async () => {
  lab = await startLogsLab()
})
afterAll(() => lab.close())

describe('TestMetricFilter', () => {
  it("shows what AWS's own example shows", async () => {
    const logEventMessages = [
      '127.0.0.1 - frank [10/Oct/2000:13:25:15 -0700] "GET /apache_pb.gif HTTP/1.0" 200 1534',
      'nothing',
      '127.0.0.1 - frank [10/Oct/2000:13:35:22 -0700] "GET /apache_pb.gif HTTP/1.0" 500 5324',
    ]
    const filterPattern = '[..., status_code, size]'
    const { matches } = await lab.client.send(
      new TestMetricFilterCommand({ filterPattern, logEventMessages }),
    )
    expect(matches?.map(({ eventNumber }) => eventNumber)).toEqual([0, 2])
    expect(matches?.[0]).toEqual({
      eventNumber: 0,
      eventMessage: logEventMessages[0],
      extractedValues: {
        $1: '127.0.0.1',
        $2: '-',
        $3: 'frank',
        $4: '10/Oct/2000:13:25:15 -0700',
        $5: 'GET /apache_pb.gif HTTP/1.0',
        $status_code: '200',
        $size: '1534',
      },
    })
  })
})
