import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type LocalCloud, startLocalCloud } from '../../../src/local-cloud.ts'
import { logs } from '../../../src/services/logs/index.ts'
import { compileOperation } from '../../../src/wire/compiled-operation.ts'

const bugs: string[] = []
let cloud: LocalCloud
beforeAll(async () => {
  cloud = await startLocalCloud({
    port: 0,
    onBug: (error, request) => bugs.push(`${request}: ${error instanceof Error ? error.stack : error}`),
  })
  await call('CreateLogGroup', { logGroupName: 'g' })
  await call('CreateLogStream', { logGroupName: 'g', logStreamName: 's' })
})
afterAll(() => cloud.close())

async function call(operation: string, input: unknown): Promise<number> {
  const response = await fetch(cloud.url, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': `Logs_20140328.${operation}`,
      authorization: 'AWS4-HMAC-SHA256 Credential=test/20240101/us-east-1/logs/aws4_request',
    },
    body: JSON.stringify(input),
  })
  await response.arrayBuffer()
  return response.status
}

/** Values that members may have or may not. */
const value = fc.oneof(
  fc.constantFrom(
    'g',
    's',
    '',
    'arn:aws:logs:us-east-1:000000000000:log-group:g',
    '{}',
    null,
    true,
    0,
    -1,
    1.5,
    51,
    1e21,
  ),
  fc.array(
    fc.constantFrom('s', null, 7, {}, { timestamp: 1, message: 5 }, { timestamp: 'x', message: 'y' }),
    { maxLength: 2 },
  ),
  fc.dictionary(fc.constantFrom('a', 'b'), fc.constantFrom('v', null, 3)),
)

const names = Object.keys(logs.operations).filter(name => name !== 'StartLiveTail')

it.each(names)('%s answers whatever it is sent', async name => {
  const schema = logs.model.operations[name]
  const members = schema ? [...compileOperation(schema).input.structIterator()].map(([member]) => member) : []
  const input = fc.dictionary(fc.constantFrom(...members, 'otro'), value)
  await fc.assert(
    fc.asyncProperty(input, async sent => {
      expect(await call(name, sent)).not.toBe(500)
      expect(bugs).toEqual([])
    }),
    { numRuns: 60 },
  )
})
