import { describe, expect, it } from 'vitest'
import { ServiceFailure } from '../../src/awslocal/failure.ts'
import { collectPages, Pages } from '../../src/awslocal/operation/paging.ts'
import { decodeToken, encodeToken } from '../../src/awslocal/operation/paging-token.ts'
import { waitUntil } from '../../src/awslocal/operation/wait.ts'

const pagination = {
  inputTokens: ['Marker'],
  outputTokens: ['NextMarker'],
  limitKey: 'Limit',
  resultKeys: ['Items', 'Prefixes'],
  otherKeys: ['Owner'],
}

/** Ten items in pages of `Limit` (4 unless said); the marker is the index of the next item. */
async function list(input: Record<string, unknown>): Promise<Record<string, unknown>> {
  const start = Number(input.Marker ?? 0)
  const end = Math.min(10, start + Number(input.Limit ?? 4))
  const items = Array.from({ length: end - start }, (_, index) => start + index)
  return {
    Items: items,
    Prefixes: [`p${start}`],
    Owner: 'yo',
    ...(end < 10 ? { NextMarker: String(end) } : {}),
  }
}

async function collect(
  options: { maxItems?: number; startingToken?: string; pageSize?: number } = {},
): Promise<unknown> {
  return collectPages(new Pages({ pagination, input: {}, call: list, ...options }), pagination)
}

describe('paging', () => {
  it('puts all pages together', async () => {
    expect(await collect()).toEqual({
      Items: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9],
      Prefixes: ['p0', 'p4', 'p8'],
      Owner: 'yo',
    })
  })

  it('shows every item once however it is cut', async () => {
    for (const pageSize of [1, 2, 3, 10]) {
      for (const maxItems of [1, 2, 3, 4, 7]) {
        const seen: unknown[] = []
        let token: string | undefined
        do {
          const page = (await collect({
            maxItems,
            pageSize,
            ...(token ? { startingToken: token } : {}),
          })) as {
            Items: unknown[]
            NextToken?: string
          }
          expect(page.Items.length).toBeLessThanOrEqual(maxItems)
          seen.push(...page.Items)
          token = page.NextToken
        } while (token !== undefined)
        expect(seen).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9])
      }
    }
  })

  it('stops when the same token comes twice', async () => {
    const call = async () => ({ Items: [1], NextMarker: 'a' })
    await expect(collectPages(new Pages({ pagination, input: {}, call }), pagination)).rejects.toThrow(
      'The same next token was received twice',
    )
  })

  it('writes tokens that the AWS CLI reads, and reads its older ones', () => {
    const token = encodeToken({ tokens: { Marker: 'ñ' }, skippedItems: 2 })
    expect(Buffer.from(token, 'base64').toString()).toBe(
      String.raw`{"Marker": "\u00f1", "boto_truncate_amount": 2}`,
    )
    expect(decodeToken(token, ['Marker'])).toEqual({ tokens: { Marker: 'ñ' }, skippedItems: 2 })
    expect(decodeToken('abc___3', ['Marker'])).toEqual({ tokens: { Marker: 'abc' }, skippedItems: 3 })
    expect(decodeToken('None', ['Marker'])).toEqual({ tokens: { Marker: null } })
    expect(() => decodeToken('a___b___c', ['Marker'])).toThrow('Bad starting token: a___b___c')
  })
})

describe('waiters', () => {
  const facts = {
    operation: 'HeadBucket',
    delaySeconds: 5,
    maxAttempts: 3,
    acceptors: [
      { state: 'success', matcher: 'path', argument: 'Estado', expected: 'listo' },
      { state: 'failure', matcher: 'path', argument: 'Estado', expected: 'roto' },
      { state: 'retry', matcher: 'status', expected: 404 },
    ],
  }
  const missing = new ServiceFailure({
    code: '404',
    operation: 'HeadBucket',
    reason: 'Not Found',
    statusCode: 404,
    retries: 0,
  })
  const denied = new ServiceFailure({
    code: '403',
    operation: 'HeadBucket',
    reason: 'Forbidden',
    statusCode: 403,
    retries: 0,
  })

  async function wait(outcomes: readonly (ServiceFailure | Record<string, unknown>)[]): Promise<number[]> {
    const pauses: number[] = []
    const left = [...outcomes]
    const ask = async () => {
      const outcome = left.shift()
      if (outcome instanceof ServiceFailure) throw outcome
      return outcome ?? {}
    }
    await waitUntil({ name: 'Cubo', facts, ask, pause: async milliseconds => pauses.push(milliseconds) })
    return pauses
  }

  it('ask again until the condition holds', async () => {
    expect(await wait([missing, { Estado: 'casi' }, { Estado: 'listo' }])).toEqual([5000, 5000])
  })

  it.each<[string, (ServiceFailure | Record<string, unknown>)[]]>([
    [
      'Waiter Cubo failed: Waiter encountered a terminal failure state: For expression "Estado" we matched expected path: "roto"',
      [{ Estado: 'roto' }],
    ],
    ['Waiter Cubo failed: An error occurred (403): Forbidden', [denied]],
    [
      'Waiter Cubo failed: Max attempts exceeded. Previously accepted state: Matched expected HTTP status code: 404',
      [missing, missing, missing],
    ],
    ['Waiter Cubo failed: Max attempts exceeded', [{}, {}, {}]],
  ])('%s', async (message, outcomes) => {
    await expect(wait(outcomes)).rejects.toThrow(message)
  })
})
