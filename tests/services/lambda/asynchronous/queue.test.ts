import { PutFunctionConcurrencyCommand, PutFunctionEventInvokeConfigCommand } from '@aws-sdk/client-lambda'
import { beforeEach, describe, expect, it } from 'vitest'
import { useLambda } from '../lab.ts'

const lab = useLambda()
const minute = 60_000
const arnOf = (name: string) => `arn:aws:lambda:us-east-1:000000000000:function:${name}`

beforeEach(() => {
  lab.lines.length = 0
})

/** Sends an event and waits until nothing more happens without the clock. */
async function send(name: string, event: unknown): Promise<void> {
  await lab.invoke(name, { InvocationType: 'Event', Payload: Buffer.from(JSON.stringify(event)) })
  await lab.cloud.idle()
}

async function advance(milliseconds: number): Promise<void> {
  await lab.cloud.advanceClock(milliseconds)
  await lab.cloud.idle()
}

function callsOf(name: string): number {
  return lab.runtime.calls.filter(({ deployment }) => deployment.functionName === name).length
}

/** A function that fails, and one that gets what became of its events. */
async function failing(
  config: { readonly MaximumRetryAttempts?: number; readonly MaximumEventAgeInSeconds?: number } = {},
): Promise<{ name: string; records: unknown[] }> {
  const records: unknown[] = []
  const name = await lab.newFunction()
  const destination = await lab.newFunction()
  lab.runtime.handlers.set(name, () => {
    throw new Error('no puede ser')
  })
  lab.runtime.handlers.set(destination, record => records.push(record))
  await lab.lambda.send(
    new PutFunctionEventInvokeConfigCommand({
      FunctionName: name,
      ...config,
      DestinationConfig: { OnFailure: { Destination: arnOf(destination) } },
    }),
  )
  return { name, records }
}

describe('an event that fails', () => {
  it('is tried again after one minute and after two more, with the same id', async () => {
    const { name, records } = await failing()
    await send(name, { n: 1 })
    expect(callsOf(name)).toBe(1)
    await advance(minute - 1000)
    expect(callsOf(name)).toBe(1)
    await advance(1000)
    expect(callsOf(name)).toBe(2)
    await advance(2 * minute - 1000)
    expect(callsOf(name)).toBe(2)
    await advance(1000)
    expect(callsOf(name)).toBe(3)
    const ids = lab.runtime.calls
      .filter(({ deployment }) => deployment.functionName === name)
      .map(({ invocation }) => invocation.requestId)
    expect(new Set(ids).size).toBe(1)
    expect(records).toEqual([
      {
        version: '1.0',
        timestamp: expect.stringMatching(/^\d{4}-.*Z$/),
        requestContext: {
          requestId: ids[0],
          functionArn: `${arnOf(name)}:$LATEST`,
          condition: 'RetriesExhausted',
          approximateInvokeCount: 3,
        },
        requestPayload: { n: 1 },
        responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
        responsePayload: { errorType: 'Error', errorMessage: 'no puede ser', trace: [] },
      },
    ])
    await advance(60 * minute)
    expect(callsOf(name)).toBe(3)
  })

  it('is not tried again when there shall be no retries', async () => {
    const { name, records } = await failing({ MaximumRetryAttempts: 0 })
    await send(name, {})
    expect(records).toMatchObject([
      { requestContext: { condition: 'RetriesExhausted', approximateInvokeCount: 1 } },
    ])
  })

  it('is given up when its next attempt would come too late', async () => {
    const { name, records } = await failing({ MaximumEventAgeInSeconds: 90 })
    await send(name, {})
    await advance(minute)
    expect(callsOf(name)).toBe(2)
    expect(records).toMatchObject([
      { requestContext: { condition: 'EventAgeExceeded', approximateInvokeCount: 2 } },
    ])
  })

  it('becomes a dead letter, which is shown where no service takes it', async () => {
    const name = await lab.newFunction({
      DeadLetterConfig: { TargetArn: 'arn:aws:sqs:us-east-1:000000000000:muertas' },
    })
    lab.runtime.handlers.set(name, () => {
      throw new Error('no')
    })
    await lab.lambda.send(
      new PutFunctionEventInvokeConfigCommand({ FunctionName: name, MaximumRetryAttempts: 0 }),
    )
    await send(name, {})
    expect(lab.lines).toContainEqual(
      expect.objectContaining({
        operation: name,
        resource: 'DeadLetter → arn:aws:sqs:us-east-1:000000000000:muertas',
        invocation: { cause: 'event', outcome: 'undelivered' },
      }),
    )
  })
})

describe('an event that succeeds', () => {
  it('is told to its destination, and shown', async () => {
    const records: unknown[] = []
    const name = await lab.newFunction()
    const destination = await lab.newFunction()
    lab.runtime.handlers.set(name, () => ({ filas: 3 }))
    lab.runtime.handlers.set(destination, record => records.push(record))
    await lab.lambda.send(
      new PutFunctionEventInvokeConfigCommand({
        FunctionName: name,
        DestinationConfig: { OnSuccess: { Destination: arnOf(destination) } },
      }),
    )
    lab.lines.length = 0
    await send(name, { a: 1 })
    expect(records).toMatchObject([
      {
        requestContext: { condition: 'Success', approximateInvokeCount: 1 },
        requestPayload: { a: 1 },
        responseContext: { statusCode: 200, executedVersion: '$LATEST' },
        responsePayload: { filas: 3 },
      },
    ])
    await expect
      .poll(() => lab.lines.map(({ operation }) => operation).sort())
      .toEqual(['Invoke', name, destination].sort())
  })
})

describe('an event that finds no room', () => {
  it('waits until another has ended', async () => {
    const name = await lab.newFunction()
    await lab.lambda.send(
      new PutFunctionConcurrencyCommand({ FunctionName: name, ReservedConcurrentExecutions: 2 }),
    )
    let running = 0
    let most = 0
    let open = (): void => undefined
    const gate = new Promise<void>(resolve => {
      open = resolve
    })
    lab.runtime.handlers.set(name, async () => {
      most = Math.max(most, ++running)
      await gate
      running -= 1
    })
    await Promise.all(Array.from({ length: 50 }, () => lab.invoke(name, { InvocationType: 'Event' })))
    open()
    await lab.cloud.idle()
    expect({ calls: callsOf(name), most }).toEqual({ calls: 50, most: 2 })
  })

  it('goes to the destination at once where nothing may run', async () => {
    const { name, records } = await failing()
    await lab.lambda.send(
      new PutFunctionConcurrencyCommand({ FunctionName: name, ReservedConcurrentExecutions: 0 }),
    )
    await send(name, { n: 1 })
    expect(callsOf(name)).toBe(0)
    expect(records).toMatchObject([
      {
        requestContext: { condition: 'ZeroReservedConcurrency', approximateInvokeCount: 0 },
        requestPayload: { n: 1 },
      },
    ])
  })

  it('is tried again and again, ever later, until it is too old', async () => {
    const { name, records } = await failing({ MaximumEventAgeInSeconds: 60 })
    await lab.lambda.send(
      new PutFunctionConcurrencyCommand({ FunctionName: name, ReservedConcurrentExecutions: 1 }),
    )
    let release = (): void => undefined
    lab.runtime.handlers.set(
      name,
      () =>
        new Promise<void>(resolve => {
          release = resolve
        }),
    )
    const blocking = lab.invoke(name)
    await expect.poll(() => callsOf(name)).toBe(1)
    await lab.invoke(name, { InvocationType: 'Event' })
    for (let second = 0; second < 70; second++) await lab.cloud.advanceClock(1000)
    await expect.poll(() => records.length).toBe(1)
    expect(callsOf(name)).toBe(1)
    expect(records).toMatchObject([
      { requestContext: { condition: 'EventAgeExceeded', approximateInvokeCount: 0 } },
    ])
    release()
    await blocking
  })
})
