import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseShorthand, ShorthandError, type ShorthandValue } from '../../src/awslocal/values/shorthand.ts'
import { awsCliVersion } from './running/aws-cli.ts'

describe('shorthand syntax', () => {
  it.each<[string, Record<string, ShorthandValue>]>([
    ['Key=Value', { Key: 'Value' }],
    ['Key=', { Key: '' }],
    ['A=1,B=2', { A: '1', B: '2' }],
    ['A=1,2,3', { A: ['1', '2', '3'] }],
    ['A=1,2,B=3', { A: ['1', '2'], B: '3' }],
    ['A=[x,y],B=z', { A: ['x', 'y'], B: 'z' }],
    ['A=[]', { A: [] }],
    ['A={B=c,D=[e,{F=g}]}', { A: { B: 'c', D: ['e', { F: 'g' }] } }],
    [
      'TagSet=[{Key=a,Value=b},{Key=c,Value=d}]',
      {
        TagSet: [
          { Key: 'a', Value: 'b' },
          { Key: 'c', Value: 'd' },
        ],
      },
    ],
    ['A = b , C = d', { A: 'b', C: 'd' }],
    ['A=b=c', { A: 'b=c' }],
    [String.raw`A=b\,c`, { A: 'b,c' }],
    ["A='b,c=d'", { A: 'b,c=d' }],
    [String.raw`A="di \"hola\""`, { A: 'di "hola"' }],
    ['A=s3://cubo/clave.csv', { A: 's3://cubo/clave.csv' }],
    ['A=con espacios dentro ,B=2', { A: 'con espacios dentro', B: '2' }],
    ['año=1', {}],
    ['A=ñandú', { A: 'ñandú' }],
  ])('%s', (text, expected) => {
    if (text.startsWith('año')) expect(() => parseShorthand(text)).toThrow(ShorthandError)
    else expect(parseShorthand(text)).toEqual(expected)
  })

  it.each([
    ['A', "Expected: '=', received: 'EOF' for input:\nA\n ^"],
    ['A=[b', "Expected: ',', received: 'EOF' for input:\nA=[b\n    ^"],
    ['A=b,', "Expected: '<second>', received: '<none>' for input:\nA=b,\n    ^"],
    ['A={B:c}', "Expected: '=', received: '}' for input:\nA={B:c}\n      ^"],
    ["A='b", "Expected: '<singled quoted>', received: '<none>' for input:\nA='b\n  ^"],
    [
      'A=1,A=2',
      'Second instance of key "A" encountered for input:\nA=1,A=2\n    ^\nThis is often because there is a preceding "," instead of a space.',
    ],
  ])('refuses %s and points at the place', (text, message) => {
    expect(() => parseShorthand(text)).toThrow(message)
  })

  it('reads files for values behind @=', () => {
    const folder = mkdtempSync(join(tmpdir(), 'awslocal-'))
    try {
      writeFileSync(join(folder, 'a.txt'), 'contenido\r\n')
      expect(parseShorthand(`A@=file://${folder}/a.txt`)).toEqual({ A: 'contenido\n' })
      expect(parseShorthand(`A@=fileb://${folder}/a.txt`)).toEqual({ A: Buffer.from('contenido\r\n') })
      expect(() => parseShorthand(`A@=file://${folder}/no`)).toThrow('[Errno 2] No such file or directory')
    } finally {
      rmSync(folder, { recursive: true })
    }
  })

  it('gives back every value that was written in it', () => {
    const key = fc.stringMatching(/^[A-Za-z0-9_.#/:-]{1,8}$/).filter(name => name !== '__proto__')
    // A backslash before the closing quote is beyond the syntax: there is no way to write it.
    const text = fc.string().filter(value => !value.includes('\\'))
    const { record } = fc.letrec<{ record: Record<string, ShorthandValue>; value: ShorthandValue }>(tie => ({
      record: fc.dictionary(key, tie('value'), { minKeys: 1, maxKeys: 3, noNullPrototype: true }),
      value: fc.oneof({ maxDepth: 3 }, text, fc.array(tie('value'), { maxLength: 3 }), tie('record')),
    }))
    fc.assert(
      fc.property(record, given => {
        expect(parseShorthand(writePairs(given))).toEqual(given)
      }),
    )
  })
})

describe.skipIf(awsCliVersion === undefined)(
  `shorthand syntax as the AWS CLI ${awsCliVersion ?? '(version 1 is not installed here)'}`,
  () => {
    it('parses and refuses the same texts', () => {
      const piece = fc.constantFrom(
        'A',
        'B=',
        '=',
        ',',
        '[',
        ']',
        '{',
        '}',
        "'",
        '"',
        '\\',
        ' ',
        'x',
        '1',
        '\\,',
        'ñ',
        '@',
        '\n',
      )
      const texts = fc.sample(
        fc.array(piece, { minLength: 1, maxLength: 12 }).map(parts => `K=${parts.join('')}`),
        {
          numRuns: 3000,
          seed: 9,
        },
      )
      expect(texts.map(parseOrRefuse)).toEqual(parseInPython(texts))
    })
  },
)

function writePairs(record: Readonly<Record<string, ShorthandValue>>): string {
  return Object.entries(record)
    .map(([key, value]) => `${key}=${write(value)}`)
    .join(',')
}

function write(value: ShorthandValue): string {
  if (typeof value === 'string') return `"${value.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`
  if (value instanceof Uint8Array) throw new TypeError('bytes have no shorthand')
  if (Array.isArray(value)) return `[${value.map(write).join(',')}]`
  return `{${writePairs(value as Record<string, ShorthandValue>)}}`
}

function parseOrRefuse(text: string): unknown {
  try {
    return parseShorthand(text)
  } catch {
    return 'refused'
  }
}

function parseInPython(texts: readonly string[]): unknown {
  const script = `
import json, sys
from awscli.shorthand import ShorthandParser
def parse(text):
    try:
        return ShorthandParser().parse(text)
    except Exception:
        return 'refused'
print(json.dumps([parse(text) for text in json.load(sys.stdin)]))`
  const { stdout } = spawnSync('python3', ['-c', script], { input: JSON.stringify(texts) })
  return JSON.parse(stdout.toString())
}
