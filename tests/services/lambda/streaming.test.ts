import {
  AddPermissionCommand,
  CreateFunctionUrlConfigCommand,
  InvokeAsyncCommand,
  InvokeWithResponseStreamCommand,
} from '@aws-sdk/client-lambda'
import { describe, expect, it } from 'vitest'
import { useProcesses } from './process-lab.ts'

const lab = useProcesses()

const streaming = `export const handler = awslambda.streamifyResponse(async (event, stream) => {
  for (const word of ['uno ', 'dos ', 'tres']) stream.write(word)
  stream.end()
})`

/** What a streamed invocation answered: its pieces put together, and how it ended. */
async function invokeStreamed(FunctionName: string): Promise<{ text: string; end: unknown }> {
  const { EventStream = [] } = await lab.lambda.send(
    new InvokeWithResponseStreamCommand({ FunctionName, LogType: 'Tail' }),
  )
  let text = ''
  let end: unknown
  for await (const { PayloadChunk, InvokeComplete } of EventStream) {
    if (PayloadChunk?.Payload) text += Buffer.from(PayloadChunk.Payload).toString('utf8')
    if (InvokeComplete) end = InvokeComplete
  }
  return { text, end }
}

describe('InvokeWithResponseStream', () => {
  it('answers what a streaming function writes, then its log', async () => {
    await lab.deploy('corriente', streaming)
    const { text, end } = await invokeStreamed('corriente')
    expect(text).toBe('uno dos tres')
    expect(end).toEqual({ LogResult: expect.any(String) })
  })

  it('answers the result of a function that does not stream', async () => {
    await lab.deploy('entera', 'export const handler = async () => ({ a: 1 })')
    expect((await invokeStreamed('entera')).text).toBe('{"a":1}')
  })

  it('tells of a failure at the end', async () => {
    await lab.deploy('rota', `export const handler = async () => { throw new Error('no') }`)
    expect((await invokeStreamed('rota')).end).toMatchObject({
      ErrorCode: 'Unhandled',
      ErrorDetails: expect.stringContaining('"errorMessage":"no"'),
    })
  })
})

describe('a function URL that streams', () => {
  it('answers with the head that the function wrote, and the body as it comes', async () => {
    const source = `export const handler = awslambda.streamifyResponse(async (event, stream) => {
      const http = awslambda.HttpResponseStream.from(stream, {
        statusCode: 201, headers: { 'content-type': 'text/plain', 'x-mio': 'si' }, cookies: ['a=1'],
      })
      http.write('hola ')
      http.write('mundo')
      http.end()
    })`
    await lab.deploy('web', source)
    const { FunctionUrl = '' } = await lab.lambda.send(
      new CreateFunctionUrlConfigCommand({
        FunctionName: 'web',
        AuthType: 'NONE',
        InvokeMode: 'RESPONSE_STREAM',
      }),
    )
    for (const Action of ['lambda:InvokeFunctionUrl', 'lambda:InvokeFunction']) {
      await lab.lambda.send(
        new AddPermissionCommand({
          FunctionName: 'web',
          StatementId: Action.replace(':', '-'),
          Action,
          Principal: '*',
        }),
      )
    }
    const id = new URL(FunctionUrl).hostname.split('.', 1)[0]
    const answer = await fetch(`${lab.cloud.url}/_lambda-url/${id}/`)
    expect([answer.status, answer.headers.get('content-type'), answer.headers.get('x-mio')]).toEqual([
      201,
      'text/plain',
      'si',
    ])
    expect(answer.headers.getSetCookie()).toEqual(['a=1'])
    expect(await answer.text()).toBe('hola mundo')
  })
})

it('InvokeAsync takes an event as well', async () => {
  await lab.deploy('vieja', 'export const handler = async () => 1')
  const { Status } = await lab.lambda.send(
    new InvokeAsyncCommand({ FunctionName: 'vieja', InvokeArgs: Buffer.from('{}') }),
  )
  expect(Status).toBe(202)
  await lab.cloud.idle()
})
