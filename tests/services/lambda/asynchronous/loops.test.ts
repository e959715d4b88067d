import { expect, it } from 'vitest'
import { continueTrace } from '../../../../src/services/lambda/asynchronous/loops.ts'

const copia = 'arn:aws:lambda:us-east-1:000000000000:function:copia'
const otra = 'arn:aws:lambda:us-east-1:000000000000:function:otra'
const root = 'Root=1-65a0-0123456789abcdef01234567;Parent=0123456789abcdef;Sampled=0'

it('counts each function of a chain for itself, and keeps the trace', () => {
  const first = continueTrace(root, copia)
  expect(first).toEqual({
    traceId: expect.stringMatching(
      /^Root=1-65a0-[0-9a-f]{24};Parent=[0-9a-f]{16};Sampled=0;Lineage=1:[0-9a-f]{8}:1$/,
    ),
    invocations: 1,
  })
  const second = continueTrace(first.traceId, otra)
  expect(second.invocations).toBe(1)
  const third = continueTrace(second.traceId, copia)
  expect(third.invocations).toBe(2)
  expect(third.traceId.match(/Lineage=/g)).toHaveLength(1)
})

it('begins to count where a trace says nothing that it knows', () => {
  for (const trace of ['', 'x', `${root};Lineage=`, `${root};Lineage=25:zz|:::`]) {
    expect(continueTrace(trace, copia).invocations).toBe(1)
  }
})
