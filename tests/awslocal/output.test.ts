import { spawnSync } from 'node:child_process'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatJson } from '../../src/awslocal/output/json.ts'
import { compileQuery } from '../../src/awslocal/output/query.ts'
import { formatTable } from '../../src/awslocal/output/table.ts'
import { formatText } from '../../src/awslocal/output/text.ts'
import { locateJsonError } from '../../src/awslocal/values/json-error.ts'
import { toPythonText } from '../../src/awslocal/values/python-text.ts'
import { protectNumbers, restoreNumber, WireNumber } from '../../src/awslocal/values/wire-number.ts'
import { awsCliVersion } from './running/aws-cli.ts'

const answer = {
  Nombre: 'ventas',
  Activo: true,
  Nada: null,
  Etiquetas: [
    { Clave: 'capa', Valor: 'oro' },
    { Clave: 'tema', Extra: 1 },
  ],
  Lista: ['a', 'b'],
  Mapa: { Uno: 1 },
}

describe('JSON output', () => {
  it('is four spaces deep and keeps letters', () => {
    expect(formatJson({ a: [1, 'ñ"\n'], b: {}, c: [] })).toBe(
      '{\n    "a": [\n        1,\n        "ñ\\"\\n"\n    ],\n    "b": {},\n    "c": []\n}',
    )
  })
})

describe('text output', () => {
  it('gives scalars by name in a line, then each list and record', () => {
    expect(formatText(answer)).toBe(
      [
        'True\tNone\tventas',
        'ETIQUETAS\tcapa\t\toro',
        'ETIQUETAS\ttema\t1\t',
        'LISTA\ta',
        'LISTA\tb',
        'MAPA\t1',
        '',
      ].join('\n'),
    )
  })

  it.each<[unknown, string]>([
    [null, 'None\n'],
    [[], ''],
    [['a', 'b'], 'a\tb\n'],
    [
      [
        ['a', 1],
        ['b', 2],
      ],
      'a\t1\nb\t2\n',
    ],
    ['hola', 'hola\n'],
    [false, 'False\n'],
  ])('of %j', (value, expected) => {
    expect(formatText(value)).toBe(expected)
  })
})

describe('table output', () => {
  it('frames records and their lists', () => {
    expect(formatTable('Prueba', { Nombre: 'x', Filas: [{ A: 1, B: 'dos' }] }, { width: 80 })).toBe(
      [
        '-----------------',
        '|    Prueba     |',
        '+---------+-----+',
        '|  Nombre |  x  |',
        '+---------+-----+',
        '||    Filas    ||',
        '|+----+--------+|',
        '||  A |   B    ||',
        '|+----+--------+|',
        '||  1 |  dos   ||',
        '|+----+--------+|',
        '',
      ].join('\n'),
    )
  })

  it('turns a row that is too wide on its side', () => {
    const wide = formatTable('T', { Clave: 'x'.repeat(60), Otra: 'y'.repeat(60) }, { width: 80 })
    expect(wide.split('\n')[3]).toMatch(/^\| {2}Clave *\| {2}x+ *\|$/)
  })

  it('is empty for nothing', () => {
    expect(formatTable('T', {}, { width: 80 })).toBe('')
  })
})

describe.skipIf(awsCliVersion === undefined)(
  `output of any data as the AWS CLI ${awsCliVersion ?? '(version 1 is not installed here)'}`,
  () => {
    // The AWS CLI itself fails on lists that mix records with other things.
    const scalar = fc.oneof(
      fc.integer({ min: -5, max: 5000 }),
      fc.constantFrom('a', 'más', '日本', '', 'x y', 'z'.repeat(45)),
      fc.boolean(),
    )
    const key = fc.constantFrom('Uno', 'Dos', 'Tres', 'Clave', 'Otra')
    const record = fc.dictionary(key, scalar, { minKeys: 1, noNullPrototype: true })
    const value = fc.dictionary(
      key,
      fc.oneof(
        scalar,
        record,
        fc.array(scalar, { maxLength: 3 }),
        fc.array(record, { minLength: 1, maxLength: 3 }),
      ),
      { minKeys: 1, noNullPrototype: true },
    )
    const samples = fc.sample(value, { numRuns: 400, seed: 5 })

    it.each<[string, (sample: unknown) => string]>([
      ['table', sample => formatTable('Titulo', sample, { width: 80 })],
      ['text', formatText],
      ['json', sample => `${formatJson(sample)}\n`],
    ])('%s', (format, formatSample) => {
      expect(samples.map(formatSample)).toEqual(formatInPython(format, samples))
    })
  },
)

function formatInPython(format: string, samples: readonly unknown[]): unknown {
  const script = `
import io, json, sys
from types import SimpleNamespace
from awscli.formatter import get_formatter
def show(value):
    stream = io.StringIO()
    formatter = get_formatter('${format}', SimpleNamespace(query=None, color='off'))
    if '${format}' == 'table':
        formatter.table._terminal_width = 80
    formatter('Titulo', value, stream)
    return stream.getvalue()
print(json.dumps([show(value) for value in json.load(sys.stdin)]))`
  const { stdout } = spawnSync('python3', ['-c', script], {
    input: JSON.stringify(samples),
    maxBuffer: 2 ** 26,
  })
  return JSON.parse(stdout.toString())
}

describe('queries', () => {
  it('pick parts of an answer, numbers of the wire included', () => {
    const data = {
      Items: [
        { n: new WireNumber('1.0'), k: 'a' },
        { n: new WireNumber('3.5'), k: 'b' },
      ],
    }
    expect(compileQuery('Items[?n > `2`].k')(data)).toEqual(['b'])
    expect(compileQuery('Nada')(data)).toBeNull()
  })

  it('that do not parse are refused by name', () => {
    expect(() => compileQuery('Contents[')).toThrow(/^Bad value for --query Contents\[: /)
  })
})

describe('numbers of the wire', () => {
  it.each([
    ['1700000000.0', '1700000000.0'],
    ['1700000000.123', '1700000000.123'],
    ['1.7E9', '1700000000.0'],
    ['1e16', '1e+16'],
    ['0.00001', '1e-05'],
    ['-0.0', '-0.0'],
    ['12345678901234567890', '12345678901234567890'],
  ])('%s is shown as %s', (literal, shown) => {
    expect(new WireNumber(literal).text).toBe(shown)
  })

  it('survive parsing, and texts that look like them stay texts', () => {
    const json = '{"a": 1.0, "b": "1.0", "c": 5, "d": "x \\" 2.0"}'
    const parsed = JSON.parse(protectNumbers(json), (_, value) =>
      typeof value === 'string' ? restoreNumber(value) : value,
    )
    expect(formatJson(parsed)).toBe('{\n    "a": 1.0,\n    "b": "1.0",\n    "c": 5,\n    "d": "x \\" 2.0"\n}')
  })

  it.each<[unknown, string]>([
    [true, 'True'],
    [null, 'None'],
    [{ a: [1, "it's"] }, `{'a': [1, "it's"]}`],
    ['sin comillas', 'sin comillas'],
  ])('%j as text is %s', (value, expected) => {
    expect(toPythonText(value)).toBe(expected)
  })
})

describe('mistakes in JSON', () => {
  it.each([
    ['{"a":}', 'Expecting value: line 1 column 6 (char 5)'],
    ['{a}', 'Expecting property name enclosed in double quotes: line 1 column 2 (char 1)'],
    ['{"a" 1}', "Expecting ':' delimiter: line 1 column 6 (char 5)"],
    ['[1 2]', "Expecting ',' delimiter: line 1 column 4 (char 3)"],
    ['{"a": 1,\n}', 'Expecting property name enclosed in double quotes: line 2 column 1 (char 9)'],
    ['[1,]', 'Expecting value: line 1 column 4 (char 3)'],
    ['{} x', 'Extra data: line 1 column 4 (char 3)'],
    ['"abc', 'Unterminated string starting at: line 1 column 1 (char 0)'],
    ['"\\x"', 'Invalid \\escape: line 1 column 2 (char 1)'],
    ['', 'Expecting value: line 1 column 1 (char 0)'],
  ])('%s', (text, message) => {
    expect(locateJsonError(text)).toBe(message)
  })
})
