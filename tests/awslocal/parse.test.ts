import { describe, expect, it } from 'vitest'
import { closeMatches } from '../../src/awslocal/arguments/close-matches.ts'
import type { Option } from '../../src/awslocal/arguments/option.ts'
import { parseKnownArguments } from '../../src/awslocal/arguments/parse.ts'
import { UsageError } from '../../src/awslocal/failure.ts'
import { splitWords } from './running/words.ts'

const options: readonly Option[] = [
  { name: 'bucket' },
  { name: 'keys', arity: '*' },
  { name: 'sse', arity: '?', implied: 'AES256', choices: ['AES256', 'aws:kms'] },
  { name: 'flag', arity: 0 },
  { name: 'no-flag', arity: 0, implied: false, destination: 'flag' },
  { name: 'no-other', arity: 0 },
  { name: 'count', integer: true },
  { name: 'tags', arity: 2, collect: 'words' },
  { name: 'include', collect: 'filter', destination: 'filters' },
  { name: 'exclude', collect: 'filter', destination: 'filters' },
  { name: 'paths', positional: true, arity: 2 },
]

function parse(line: string): { values: Record<string, unknown>; rest: readonly string[] } {
  const { values, rest } = parseKnownArguments(options, splitWords(line))
  return { values: Object.fromEntries(values), rest }
}

describe('the command line', () => {
  it.each<[string, Record<string, unknown>, string[]?]>([
    ['a b', { paths: ['a', 'b'] }],
    ['a b --bucket c', { paths: ['a', 'b'], bucket: 'c' }],
    ['--bucket c a b', { paths: ['a', 'b'], bucket: 'c' }],
    ['--bucket=c=d a b', { paths: ['a', 'b'], bucket: 'c=d' }],
    ['--buck c a b', { paths: ['a', 'b'], bucket: 'c' }],
    ['a b --keys x y z', { paths: ['a', 'b'], keys: ['x', 'y', 'z'] }],
    ['a b --keys', { paths: ['a', 'b'], keys: [] }],
    ['a b --sse', { paths: ['a', 'b'], sse: 'AES256' }],
    ['a b --sse aws:kms', { paths: ['a', 'b'], sse: 'aws:kms' }],
    ['a b --flag --no-flag', { paths: ['a', 'b'], flag: false }],
    ['a b --count 7', { paths: ['a', 'b'], count: 7 }],
    [
      'a b --tags k v --tags k2 v2',
      {
        paths: ['a', 'b'],
        tags: [
          ['k', 'v'],
          ['k2', 'v2'],
        ],
      },
    ],
    [
      "a b --exclude '*' --include x",
      {
        paths: ['a', 'b'],
        filters: [
          { option: 'exclude', pattern: '*' },
          { option: 'include', pattern: 'x' },
        ],
      },
    ],
    ['a b c --unknown d', { paths: ['a', 'b'] }, ['c', '--unknown', 'd']],
    ['- b', { paths: ['-', 'b'] }],
    ['-5 b', { paths: ['-5', 'b'] }],
    ['-- --bucket b', { paths: ['--bucket', 'b'] }],
  ])('%s', (line, values, rest = []) => {
    expect(parse(line)).toEqual({ values, rest })
  })

  it.each([
    ['a', 'the following arguments are required: paths'],
    ['a --flag b', 'the following arguments are required: paths'],
    ['a b --bucket', 'argument --bucket: expected one argument'],
    ['a b --bucket --flag', 'argument --bucket: expected one argument'],
    ['a b --tags k', 'argument --tags: expected 2 arguments'],
    ['a b --count x', "argument --count: invalid int value: 'x'"],
    ['a b --flag=x', "argument --flag: ignored explicit argument 'x'"],
    ['a b --no', 'ambiguous option: --no could match --no-flag, --no-other'],
  ])('refuses %s', (line, message) => {
    expect(() => parse(line)).toThrow(new UsageError(message))
  })

  it('names the choices and what was meant perhaps', () => {
    expect(() => parse('a b --sse aes256')).toThrow(
      /argument --sse: Invalid choice, valid choices are:\n\nAES256 +\| aws:kms +$/,
    )
    expect(() => parse('a b --sse AES25')).toThrow(
      /Invalid choice: 'AES25', maybe you meant:\n\n {2}\* AES256$/,
    )
  })

  it.each<[string, string[]]>([
    ['list-object', ['list-objects', 'list-objects-v2']],
    ['describe-strean', ['describe-stream']],
    ['xyz', []],
  ])('finds what is like %s', (word, expected) => {
    const names = ['list-buckets', 'list-objects', 'list-objects-v2', 'describe-stream', 'put-object']
    expect(closeMatches(word, names)).toEqual(expected)
  })
})
