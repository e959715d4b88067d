import { InvokeCommand, UpdateFunctionConfigurationCommand } from '@aws-sdk/client-lambda'
import { describe, expect, it } from 'vitest'
import { failureOf, useLambda } from '../lab.ts'

const lab = useLambda()
const json = (value: unknown) => Buffer.from(JSON.stringify(value))

describe('Invoke', () => {
  it('answers what the function gives', async () => {
    const name = await lab.newFunction()
    lab.runtime.handlers.set(name, event => ({ eco: event }))
    const answer = await lab.invoke(name, { Payload: json({ a: 'ñ' }), LogType: 'Tail' })
    expect(answer).toEqual({
      status: 200,
      payload: { eco: { a: 'ñ' } },
      error: undefined,
      version: '$LATEST',
      log: expect.stringMatching(/^START RequestId: [0-9a-f-]{36}\n$/),
    })
  })

  it('gives the function the id of the request, its settings and the client context', async () => {
    const name = await lab.newFunction({ MemorySize: 256, Environment: { Variables: { MODO: 'a' } } })
    const context = Buffer.from('{"custom":{"x":1}}').toString('base64')
    const { $metadata } = await lab.lambda.send(
      new InvokeCommand({ FunctionName: `${name}:$LATEST`, ClientContext: context }),
    )
    const call = lab.runtime.calls.at(-1)
    expect(call?.invocation).toMatchObject({
      requestId: $metadata.requestId,
      clientContext: '{"custom":{"x":1}}',
      invokedFunctionArn: `arn:aws:lambda:us-east-1:000000000000:function:${name}:$LATEST`,
    })
    expect(Buffer.from(call?.invocation.payload ?? []).toString()).toBe('{}')
    expect(call?.deployment).toMatchObject({
      functionName: name,
      memoryMegabytes: 256,
      timeoutSeconds: 3,
      variables: { MODO: 'a' },
      logging: { logGroup: `/aws/lambda/${name}`, format: 'Text' },
    })
  })

  it('tells of a failure in the answer, not in its status', async () => {
    const name = await lab.newFunction()
    lab.runtime.handlers.set(name, () => {
      throw new TypeError('falta la key')
    })
    expect(await lab.invoke(name)).toMatchObject({
      status: 200,
      error: 'Unhandled',
      payload: { errorType: 'TypeError', errorMessage: 'falta la key' },
    })
  })

  it('runs nothing in a dry run', async () => {
    const name = await lab.newFunction()
    const before = lab.runtime.calls.length
    expect(await lab.invoke(name, { InvocationType: 'DryRun' })).toMatchObject({ status: 204 })
    expect(lab.runtime.calls.length).toBe(before)
  })

  it('takes an event and answers before it ran', async () => {
    const name = await lab.newFunction()
    expect(await lab.invoke(name, { InvocationType: 'Event', Payload: json({ n: 1 }) })).toMatchObject({
      status: 202,
      payload: undefined,
    })
    await lab.cloud.idle()
    expect(lab.runtime.calls.at(-1)?.deployment.functionName).toBe(name)
  })

  it('gives each change of a function another revision', async () => {
    const name = await lab.newFunction()
    await lab.invoke(name)
    const first = lab.runtime.calls.at(-1)?.deployment.revision
    await lab.lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName: name, Timeout: 9 }))
    await lab.invoke(name)
    expect(lab.runtime.calls.at(-1)?.deployment).toMatchObject({ timeoutSeconds: 9 })
    expect(lab.runtime.calls.at(-1)?.deployment.revision).not.toBe(first)
  })

  it.each([
    ['no JSON', '{"a":', 'Unexpected end-of-input'],
    [
      'a word',
      'hola',
      "Unrecognized token 'hola': was expecting (JSON String, Number, Array, Object or token",
    ],
  ])('refuses %s', async (_what, text, message) => {
    const name = await lab.newFunction()
    const call = lab.lambda.send(new InvokeCommand({ FunctionName: name, Payload: Buffer.from(text) }))
    expect(await failureOf(call)).toMatchObject({
      code: 'InvalidRequestContentException',
      status: 400,
      message: expect.stringContaining(
        `Could not parse request body into json: Could not parse payload into json: ${message}`,
      ),
    })
  })

  it.each([
    ['RequestResponse', 6_291_456],
    ['Event', 1_048_576],
  ] as const)('takes a payload of %s up to %i bytes', async (InvocationType, limit) => {
    const name = await lab.newFunction()
    lab.runtime.handlers.set(name, () => 'ok')
    const ofSize = (size: number) => Buffer.from(JSON.stringify('x'.repeat(size - 2)))
    const status = InvocationType === 'Event' ? 202 : 200
    expect(await lab.invoke(name, { InvocationType, Payload: ofSize(limit) })).toMatchObject({ status })
    const call = lab.lambda.send(
      new InvokeCommand({ FunctionName: name, InvocationType, Payload: ofSize(limit + 1) }),
    )
    expect(await failureOf(call)).toMatchObject({
      code: 'RequestEntityTooLargeException',
      status: 413,
      message: `Request must be smaller than ${limit} bytes for the InvokeFunction operation`,
    })
  })

  it('shows in the timeline under the request', async () => {
    const name = await lab.newFunction()
    lab.lines.length = 0
    await lab.invoke(name)
    await expect.poll(() => lab.lines.length).toBe(2)
    expect(lab.lines).toMatchObject([
      { service: 'lambda', operation: 'Invoke', status: 200 },
      {
        service: 'lambda',
        operation: name,
        requestId: lab.lines[0]?.requestId,
        invocation: { cause: 'call', outcome: 'ok' },
      },
    ])
  })
})
