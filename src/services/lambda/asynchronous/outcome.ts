import { type Delivery, deliveryEvent } from '../../../cloud/deliveries.ts'
import { latestQualifier } from '../functions/find.ts'
import { parseFunctionArn } from '../functions/target-arn.ts'
import type { LambdaLive } from '../live.ts'
import type { LambdaFunction, QueuedEvent } from '../state.ts'
import type { AsyncQueue } from './queue.ts'
import { rulesOf } from './rules.ts'

/** Why an asynchronous invocation is over. */
export type Condition = 'Success' | 'RetriesExhausted' | 'EventAgeExceeded' | 'ZeroReservedConcurrency'

/** How an outcome gets to where it goes. */
export interface Ways {
  readonly platform: LambdaLive['platform']
  readonly enqueue: AsyncQueue['enqueue']
}

/** Tells destination and dead-letter queue how an asynchronous invocation ended. */
export async function deliverOutcome(
  owner: LambdaFunction,
  event: QueuedEvent,
  { condition, ...ways }: { readonly condition: Condition } & Ways,
): Promise<void> {
  const rules = rulesOf(owner, event.qualifier)
  const destination = condition === 'Success' ? rules.onSuccess : rules.onFailure
  if (destination !== undefined) {
    const payload = JSON.stringify(writeRecord(owner, event, { condition, time: ways.platform.clock.now() }))
    await send(owner, { targetArn: destination, payload, subject: condition }, ways)
  }
  const { deadLetterArn } = owner.latest.settings
  if (condition !== 'Success' && deadLetterArn !== undefined)
    await send(owner, { ...deadLetter(event), targetArn: deadLetterArn, subject: 'DeadLetter' }, ways)
}

/** The record that a destination gets. https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html */
function writeRecord(
  owner: LambdaFunction,
  { requestId, qualifier, payload, attempts, last }: QueuedEvent,
  { condition, time }: { readonly condition: Condition; readonly time: number },
): object {
  return {
    version: '1.0',
    timestamp: new Date(time).toISOString(),
    requestContext: {
      requestId,
      functionArn: `${owner.arn}:${qualifier ?? latestQualifier}`,
      condition,
      approximateInvokeCount: attempts,
    },
    requestPayload: parse(payload),
    ...(last && {
      responseContext: {
        statusCode: 200,
        executedVersion: last.executedVersion,
        ...(last.functionError && { functionError: last.functionError }),
      },
      responsePayload: parse(last.payload),
    }),
  }
}

/** A dead letter is the event itself; what went wrong is beside it. */
function deadLetter({ requestId, payload, last }: QueuedEvent): Pick<Delivery, 'payload' | 'attributes'> {
  const error = last && (parse(last.payload) as { errorMessage?: unknown } | null)
  return {
    payload,
    attributes: {
      RequestID: { type: 'String', value: requestId },
      ErrorCode: { type: 'Number', value: last ? '200' : '429' },
      ErrorMessage: { type: 'String', value: last ? String(error?.errorMessage ?? '') : 'Rate Exceeded.' },
    },
  }
}

type Message = Pick<Delivery, 'targetArn' | 'payload' | 'attributes' | 'subject'>

/** Sends on; a function takes it at once, and a target that no service knows is shown instead of forgotten. */
async function send(owner: LambdaFunction, message: Message, { platform, enqueue }: Ways): Promise<void> {
  const target = parseFunctionArn(message.targetArn)
  const named = target && platform.stateOf(target.accountId, target.region).functions.get(target.name)
  if (target && named) {
    enqueue(named, { ...message, qualifier: target.qualifier, requestId: platform.ids.uuid() })
    return
  }
  const from = { principal: 'lambda.amazonaws.com', sourceArn: owner.arn, sourceAccount: owner.accountId }
  const answer = await platform.events.ask('target:accepts', { targetArn: message.targetArn, ...from })
  const isAbsent = answer === undefined || (!answer.accepts && answer.reason === 'absent')
  const { accountId, region } = owner
  const time = platform.clock.now()
  if (!isAbsent) {
    platform.events.emit(deliveryEvent({ ...message, ...from }, { accountId, region, time }))
    return
  }
  platform.show({
    time,
    service: 'lambda',
    operation: owner.name,
    resource: `${message.subject} → ${message.targetArn}`,
    status: 404,
    milliseconds: 0,
    accountId,
    region,
    invocation: { cause: 'event', outcome: 'undelivered' },
  })
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // A function's own runtime may answer what is no JSON; the record then carries it as text.
    return text
  }
}
