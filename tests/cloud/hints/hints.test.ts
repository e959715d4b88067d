import { describe, expect, it } from 'vitest'
import { writeCommand } from '../../../src/cloud/hints/command.ts'
import { createHintMemory } from '../../../src/cloud/hints/hint-memory.ts'
import { findNearName } from '../../../src/cloud/hints/near-name.ts'

describe('the same hint', () => {
  const hint = { id: 's3.key-case', facts: { key: 'A', existing: 'a' } }

  it('is given once a minute, and then with how often it was left out', () => {
    const memory = createHintMemory()
    expect(memory.admit(hint, 0)).toEqual(hint)
    for (const now of [1, 30_000, 59_999]) expect(memory.admit(hint, now)).toBeUndefined()
    expect(memory.admit({ ...hint, facts: { key: 'B', existing: 'b' } }, 30_000)).toBeDefined()
    expect(memory.admit(hint, 60_000)).toEqual({ ...hint, omitted: 3 })
    expect(memory.admit(hint, 120_000)).toEqual(hint)
  })

  it('with ever other facts is given ten times a minute', () => {
    const memory = createHintMemory()
    const given = Array.from({ length: 50 }, (_, index) =>
      memory.admit({ id: 's3.key-case', facts: { key: String(index) } }, index),
    )
    expect(given.filter(each => each !== undefined).length).toBe(10)
    expect(memory.admit({ id: 's3.key-prefix', facts: {} }, 50)).toBeDefined()
    expect(memory.admit({ id: 's3.key-case', facts: { key: 'x' } }, 70_000)).toBeDefined()
  })

  it('is forgotten with everything else', () => {
    const memory = createHintMemory()
    memory.admit(hint, 0)
    memory.clear()
    expect(memory.admit(hint, 1)).toEqual(hint)
  })
})

describe('a name that is nearly another', () => {
  it.each([
    ['datalake_curso', ['otro', 'datalake-curso'], 'datalake-curso'],
    ['DataLake', ['datalake'], 'datalake'],
    ['procesar-cvs', ['procesar-csv'], 'procesar-csv'],
    ['datalake', ['datalakes', 'data-lake'], 'data-lake'],
    ['abc', ['abd'], undefined],
    ['datalake', ['datalake', 'informes'], undefined],
    ['datalake-uno', ['datalake-produccion'], undefined],
  ])('%s among %j: %s', (wanted, names, near) => {
    expect(findNearName(wanted, names)).toBe(near)
  })
})

describe('the command of a hint', () => {
  const home = { url: 'http://127.0.0.1:4566', accountId: '000000000000', region: 'us-east-1' }

  it.each([
    [home, ['s3', 'ls'], 'npx awslocal s3 ls'],
    [home, ['--key', "it's a b"], `npx awslocal --key 'it'\\''s a b'`],
    [
      { ...home, url: 'http://127.0.0.1:4600' },
      ['s3', 'ls'],
      'npx awslocal --endpoint-url http://localhost:4600 s3 ls',
    ],
    [
      { ...home, accountId: '111111111111' },
      ['s3', 'ls'],
      'AWS_ACCESS_KEY_ID=111111111111 npx awslocal s3 ls',
    ],
    [
      { ...home, region: 'eu-west-1' },
      ['logs', 'tail', '/a'],
      'npx awslocal logs tail /a --region eu-west-1',
    ],
    [{ ...home, region: 'eu-west-1' }, ['--region', 'us-west-2'], 'npx awslocal --region us-west-2'],
  ])('at %o', (place, tryIt, command) => {
    expect(writeCommand(tryIt, place)).toBe(command)
  })
})
