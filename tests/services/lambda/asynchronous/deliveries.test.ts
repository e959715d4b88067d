import { AddPermissionCommand } from '@aws-sdk/client-lambda'
import { beforeAll, describe, expect, it } from 'vitest'
import { type Cloud, startCloud } from '../../../../src/cloud/cloud.ts'
import { type Delivery, deliveryEvent } from '../../../../src/cloud/deliveries.ts'
import type { TargetAnswer } from '../../../../src/cloud/questions.ts'
import type { RequestLine } from '../../../../src/cloud/timeline.ts'
import { defineLambda } from '../../../../src/services/lambda/index.ts'
import { createFakeRuntime } from '../fake-runtime.ts'
import { useLambda } from '../lab.ts'
import { createSender } from '../sender.ts'

const arnOf = (name: string) => `arn:aws:lambda:us-east-1:000000000000:function:${name}`

const sender = createSender()
const lab = useLambda()
let cloud: Cloud
const lines: RequestLine[] = []
const runtime = createFakeRuntime()
beforeAll(async () => {
  const services = [sender.service, defineLambda(() => runtime)]
  cloud = await startCloud(services, { port: 0, onRequest: line => void lines.push(line) })
  // The lab closes this one in place of its own.
  await lab.cloud.close()
  Object.assign(lab, { cloud })
  Object.assign(lab, { lambda: lab.client({}) })
})

function delivery(name: string, change: Partial<Delivery> = {}): Delivery {
  return {
    targetArn: arnOf(name),
    principal: 's3.amazonaws.com',
    sourceArn: 'arn:aws:s3:::datalake',
    sourceAccount: '000000000000',
    payload: '{"Records":[]}',
    subject: 'ObjectCreated:Put datalake/raw/ventas.csv',
    ...change,
  }
}

async function deliver(order: Delivery): Promise<void> {
  sender.platform.events.emit(
    deliveryEvent(order, { accountId: '000000000000', region: 'us-east-1', time: 0 }),
  )
  await cloud.idle()
}

function accepts(order: Delivery): Promise<TargetAnswer | undefined> {
  return sender.platform.events.ask('target:accepts', order)
}

async function permitted(): Promise<string> {
  const FunctionName = await lab.newFunction({ FunctionName: `entrega-${lines.length}` })
  await lab.lambda.send(
    new AddPermissionCommand({
      FunctionName,
      StatementId: 's3',
      Action: 'lambda:InvokeFunction',
      Principal: 's3.amazonaws.com',
      SourceArn: 'arn:aws:s3:::data*',
      SourceAccount: '000000000000',
    }),
  )
  return FunctionName
}

describe('a delivery', () => {
  it('runs the function that its policy lets it', async () => {
    const name = await permitted()
    expect(await accepts(delivery(name))).toEqual({ accepts: true })
    await deliver(delivery(name))
    expect(runtime.calls.at(-1)?.deployment.functionName).toBe(name)
    expect(Buffer.from(runtime.calls.at(-1)?.invocation.payload ?? []).toString()).toBe('{"Records":[]}')
    await expect
      .poll(() => lines.at(-1))
      .toMatchObject({
        operation: name,
        resource: 'ObjectCreated:Put datalake/raw/ventas.csv',
        invocation: { cause: 'event', outcome: 'ok' },
      })
  })

  it.each([
    ['another bucket', { sourceArn: 'arn:aws:s3:::otro' }],
    ['another account', { sourceAccount: '111111111111' }],
    ['another service', { principal: 'sns.amazonaws.com' }],
  ])('of %s is refused and shown', async (_what, change) => {
    const name = await permitted()
    expect(await accepts(delivery(name, change))).toEqual({ accepts: false, reason: 'forbidden' })
    const before = runtime.calls.length
    await deliver(delivery(name, change))
    expect(runtime.calls.length).toBe(before)
    expect(lines.at(-1)).toMatchObject({ status: 403, invocation: { outcome: 'undelivered' } })
  })

  it('to a function that is not there is refused and shown', async () => {
    expect(await accepts(delivery('nadie'))).toEqual({ accepts: false, reason: 'absent' })
    await deliver(delivery('nadie'))
    expect(lines.at(-1)).toMatchObject({ operation: 'nadie', status: 404 })
  })

  it('to what is no function is not ours to answer', async () => {
    expect(
      await accepts(delivery('x', { targetArn: 'arn:aws:sqs:us-east-1:000000000000:q' })),
    ).toBeUndefined()
  })
})
