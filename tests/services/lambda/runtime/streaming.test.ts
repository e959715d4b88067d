import { afterAll, expect, it } from 'vitest'
import type { ResponseStream } from '../../../../src/services/lambda/runtime/runtime.ts'
import { createWorkbench, deploymentOf } from './workbench.ts'

const bench = createWorkbench()
afterAll(() => bench.runtime.close())

function collector(): { readonly stream: ResponseStream; readonly types: string[]; text(): string } {
  const types: string[] = []
  const pieces: Uint8Array[] = []
  return {
    types,
    text: () => Buffer.concat(pieces).toString('utf8'),
    stream: {
      begin: contentType => {
        types.push(contentType)
      },
      write: async piece => {
        pieces.push(piece)
      },
    },
  }
}

const streaming = (body: string): string =>
  `export const handler = awslambda.streamifyResponse(async (event, stream, context) => { ${body} })`

it('what a handler writes arrives as it is written', async () => {
  let release = (): void => undefined
  const seen = new Promise<string>(resolve => {
    release = () => resolve('visto')
  })
  const { stream } = collector()
  const code = streaming(
    'stream.write("uno "); await new Promise(r => setTimeout(r, 1000)); stream.write({ dos: 2 }); stream.end()',
  )
  const running = bench.invoke(deploymentOf(code), {
    stream: { ...stream, write: async () => release() },
  })
  expect(await Promise.race([seen, running.then(() => 'al final')])).toBe('visto')
  const { functionError, payload } = await running
  expect([functionError, payload.length]).toEqual([undefined, 0])
})

it('an HTTP response has its prelude', async () => {
  const { stream, types, text } = collector()
  const code = streaming(
    'stream = awslambda.HttpResponseStream.from(stream, { statusCode: 201 }); stream.write("hola"); stream.end(" y adiós")',
  )
  await bench.invoke(deploymentOf(code), { stream })
  expect(types).toEqual(['application/vnd.awslambda.http-integration-response'])
  expect(text()).toBe(`{"statusCode":201}${'\0'.repeat(8)}hola y adiós`)
})

it('a pipeline of 20 MB arrives whole', async () => {
  const { stream, text } = collector()
  const code = `import { pipeline } from 'node:stream/promises'
    export const handler = awslambda.streamifyResponse(async (event, stream) => {
      await pipeline(async function* () { for (let i = 0; i < 320; i++) yield 'x'.repeat(65536) }, stream) })`
  await bench.invoke(deploymentOf(code, { timeoutSeconds: 20 }), { stream })
  expect(text()).toHaveLength(320 * 65536)
})

it('without somebody who takes pieces, the result is what was written', async () => {
  const { value } = await bench.invoke(deploymentOf(streaming('stream.write("[1,"); stream.end("2]")')))
  expect(value).toEqual([1, 2])
})

it('an error in the middle is told after what was written', async () => {
  const { stream, text } = collector()
  const code = streaming('stream.write("a"); throw new TypeError("a medias")')
  const { value, functionError } = await bench.invoke(deploymentOf(code), { stream })
  expect([functionError, value.errorType, value.errorMessage]).toEqual(['Unhandled', 'TypeError', 'a medias'])
  expect(text()).toBe('a')
})

it('an error before anything was written begins no response', async () => {
  const { stream, types } = collector()
  const { value } = await bench.invoke(deploymentOf(streaming('throw new Error("antes")')), { stream })
  expect([types, value.errorMessage]).toEqual([[], 'antes'])
})

it.each([
  ['throws before it writes', 'throw new Error("antes")', 'antes'],
  ['does not end its stream', 'stream.write("a")', 'Response stream is not finished.'],
])('a handler that %s fails', async (_name, body, message) => {
  const { value, functionError } = await bench.invoke(deploymentOf(streaming(body)))
  expect([functionError, value.errorMessage]).toEqual(['Unhandled', message])
})

it('a handler whose caller hung up runs to its end', async () => {
  const code = streaming(
    'for (let i = 0; i < 100; i++) stream.write("x".repeat(65536)); stream.end(); console.log("hasta el final")',
  )
  const broken: ResponseStream = {
    begin: () => undefined,
    write: async () => {
      throw new Error('the caller hung up')
    },
  }
  const { functionError, logTail } = await bench.invoke(deploymentOf(code), { stream: broken })
  expect(functionError).toBeUndefined()
  expect(logTail).toContain('hasta el final')
})

it('no test above met a bug of ours', () => expect(bench.bugs).toEqual([]))
