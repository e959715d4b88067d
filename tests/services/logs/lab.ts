import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  GetLogEventsCommand,
  type GetLogEventsCommandInput,
  type GetLogEventsCommandOutput,
  type InputLogEvent,
  PutLogEventsCommand,
  type PutLogEventsCommandOutput,
} from '@aws-sdk/client-cloudwatch-logs'
import { createClock, type MovableClock } from '../../../src/core/clock.ts'
import { type LocalCloud, startLocalCloud } from '../../../src/local-cloud.ts'

/** A cloud of its own with a client, and the steps that most tests begin with. */
export interface LogsLab {
  readonly cloud: LocalCloud
  readonly clock: MovableClock
  readonly client: CloudWatchLogsClient
  /** Makes a group with streams, under a name that no other has. */
  makeGroup(...streams: string[]): Promise<string>
  put(place: { group: string; stream?: string }, events: InputLogEvent[]): Promise<void>
  close(): Promise<void>
}

/** Starts a cloud. */
export async function startLogsLab(): Promise<LogsLab> {
  const clock = createClock()
  const cloud = await startLocalCloud({ port: 0, clock })
  const client = logsClient(cloud.url)
  let made = 0
  return {
    cloud,
    clock,
    client,
    makeGroup: async (...streams) => {
      made += 1
      const logGroupName = `/prueba/${made}`
      await client.send(new CreateLogGroupCommand({ logGroupName }))
      for (const logStreamName of streams) {
        await client.send(new CreateLogStreamCommand({ logGroupName, logStreamName }))
      }
      return logGroupName
    },
    put: async ({ group, stream = 'uno' }, logEvents) => {
      await client.send(new PutLogEventsCommand({ logGroupName: group, logStreamName: stream, logEvents }))
    },
    close: async () => {
      client.destroy()
      await cloud.close()
    },
  }
}

/** A client of an endpoint. */
export function logsClient(endpoint: string, accessKeyId = 'test'): CloudWatchLogsClient {
  return new CloudWatchLogsClient({
    endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId, secretAccessKey: 'test' },
    maxAttempts: 1,
    disableHostPrefix: true,
  })
}

/** Events one millisecond apart. */
export function eventsFrom(timestamp: number, messages: readonly string[]): InputLogEvent[] {
  return messages.map((message, index) => ({ timestamp: timestamp + index, message }))
}

/** Calls on the stream `uno` of a group, with their answers. */
export interface EventCalls {
  put(
    logGroupName: string,
    logEvents: InputLogEvent[],
    sequenceToken?: string,
  ): Promise<PutLogEventsCommandOutput>
  get(logGroupName: string, input?: Partial<GetLogEventsCommandInput>): Promise<GetLogEventsCommandOutput>
}

/** The calls of a lab that is there only when the tests run. */
export function eventCalls(lab: () => LogsLab): EventCalls {
  const logStreamName = 'uno'
  return {
    put: (logGroupName, logEvents, sequenceToken) =>
      lab().client.send(
        new PutLogEventsCommand({
          logGroupName,
          logStreamName,
          logEvents,
          ...(sequenceToken !== undefined && { sequenceToken }),
        }),
      ),
    get: (logGroupName, input = {}) =>
      lab().client.send(new GetLogEventsCommand({ logGroupName, logStreamName, ...input })),
  }
}

/** The texts of the events that an answer holds. */
export function messagesOf({
  events = [],
}: {
  readonly events?: readonly { readonly message?: string | undefined }[] | undefined
}): (string | undefined)[] {
  return events.map(({ message }) => message)
}
