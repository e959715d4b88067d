import type { CloudEvent } from './events.ts'

/** A message for a function, a queue or a topic; it travels as an event of type `delivery:<service of the target>`. */
export interface Delivery {
  /** ARN of the function (qualified or not), queue or topic. */
  readonly targetArn: string
  /** The service that delivers, e.g. `s3.amazonaws.com`; the target's policy decides on it. */
  readonly principal: string
  readonly sourceArn: string
  readonly sourceAccount: string
  /** JSON text. */
  readonly payload: string
  /** What a message carries beside its text, e.g. a dead letter's `ErrorMessage`. */
  readonly attributes?: Readonly<
    Record<string, { readonly type: 'String' | 'Number'; readonly value: string }>
  >
  /** What it is about, for the timeline, e.g. `ObjectCreated:Put datalake/raw/ventas.csv`. */
  readonly subject: string
  /** `X-Amzn-Trace-Id` of the request that caused it, where it came with one: functions send theirs. */
  readonly traceId?: string
}

/** Makes the event that carries a delivery; the target's service is read from its ARN. */
export function deliveryEvent(
  delivery: Delivery,
  { accountId, region, time }: Pick<CloudEvent, 'accountId' | 'region' | 'time'>,
): CloudEvent {
  const service = delivery.targetArn.split(':', 3)[2] ?? ''
  return { type: `delivery:${service}`, accountId, region, time, detail: { ...delivery } }
}

/** What a function wrote; it travels as an event of type `lambda:Output` to CloudWatch Logs. */
export interface FunctionOutput {
  readonly logGroup: string
  readonly logStream: string
  /** ARN of the function's role, which must allow it where permissions decide. */
  readonly roleArn?: string
  /** Timestamps in milliseconds since the epoch, ascending. */
  readonly lines: readonly { readonly timestamp: number; readonly message: string }[]
}
