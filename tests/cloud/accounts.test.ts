import { describe, expect, it } from 'vitest'
import { accountOf, issueAccessKeyId } from '../../src/cloud/accounts.ts'
import { createIds } from '../../src/core/ids.ts'

describe('accountOf', () => {
  const cases: [string | undefined, string][] = [
    [undefined, '000000000000'],
    ['test', '000000000000'],
    ['AKIAIOSFODNN7EXAMPLE', '000000000000'],
    ['123456789012', '123456789012'],
    ['1234567890123', '000000000000'],
    ['LSIAnotbase32letters', '000000000000'],
  ]
  it.each(cases)('%s belongs to %s', (key, account) => {
    expect(accountOf(key)).toBe(account)
  })

  it('finds the account in every key that the cloud issues', () => {
    for (const account of ['000000000000', '000000000001', '123456789012', '999999999999']) {
      for (const kind of ['temporary', 'permanent'] as const) {
        const key = issueAccessKeyId(account, kind, createIds())
        expect(key).toMatch(kind === 'temporary' ? /^LSIA[A-Z2-7]{16}$/ : /^LKIA[A-Z2-7]{16}$/)
        expect(accountOf(key)).toBe(account)
      }
    }
  })
})
