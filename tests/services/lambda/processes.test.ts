import { InvokeCommand } from '@aws-sdk/client-lambda'
import { expect, it } from 'vitest'
import { useProcesses } from './process-lab.ts'

const lab = useProcesses()

it('runs a function in a process of its own', async () => {
  const source = `export const handler = async (event, context) => ({ ...event, pid: process.pid, name: context.functionName })`
  await lab.deploy('saluda', source)
  const { Payload, FunctionError, LogResult } = await lab.lambda.send(
    new InvokeCommand({ FunctionName: 'saluda', Payload: Buffer.from('{"a":1}'), LogType: 'Tail' }),
  )
  expect(FunctionError).toBeUndefined()
  const result = JSON.parse(Payload?.transformToString() ?? '')
  expect(result).toEqual({ a: 1, pid: expect.any(Number), name: 'saluda' })
  expect(result.pid).not.toBe(process.pid)
  expect(Buffer.from(LogResult ?? '', 'base64').toString()).toContain('REPORT RequestId:')
})
