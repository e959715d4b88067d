import type { Random } from '../../../src/core/random.ts'

/** Texts that rules of cleaning are about, alone or at their edges. */
const fields = {
  integers: [
    '0',
    '-0',
    '7',
    '-15',
    '123456789012345',
    '-999999999999999',
    '1234567890123456',
    '+5',
    '007',
    '-01',
  ],
  decimals: [
    '1.5',
    '-0.0',
    '.5',
    '5.',
    '0.1',
    '1e5',
    '2.5E-3',
    '1e05',
    '00.5',
    '1.7976931348623157e308',
    '9007199254740993',
    '0.30000000000000004',
    '123456789.123456',
    '.',
    '-',
    '+.5',
    '1e',
    '1,5',
  ],
  dates: [
    '2024-02-29',
    '2023-02-29',
    '1969-12-31',
    '0000-01-01',
    '9999-12-31',
    '2024-13-01',
    '2024-00-10',
    '2024-1-01',
    '1900-02-29',
  ],
  instants: [
    '2024-07-01T00:00:00',
    '1969-12-31T23:59:59.999',
    '2024-12-31T23:30:00-05:00',
    '2024-01-01T24:00:00',
    '2024-01-01T10:20Z',
    '2024-01-01T10:20:30.123987+13:00',
    '2024-01-01T10:20:60',
    '2024-01-01T10:20+24:00',
    '2024-01-01T10:20:30.5Z',
    '2024-01-01t10:20Z',
    '2024-01-01T10Z',
  ],
  missing: [
    '',
    '  ',
    'NA',
    ' N/A ',
    'NULL',
    'null',
    'NaN',
    'nan',
    'None',
    '\u00a0',
    '\ufeff',
    '\u3000NA\u2003',
  ],
  almostMissing: ['na', 'Nulo', 'none', 'N', 'n', 'NAN', 'N/', 'NULLS'],
  texts: [
    'Bogotá',
    'a b',
    'ñ',
    '€',
    '日本',
    '👩‍🚀',
    '\u00a0x\u00a0',
    '\u2003á\u2003',
    'à\u0301',
    '\u0085',
    'x\ry',
    '__proto__',
    'constructor',
    '-',
    '0x1F',
    'Infinity',
    'y'.repeat(300),
  ],
} as const

const kinds = Object.keys(fields) as (keyof typeof fields)[]

/** A small file in which each column likes one kind of text, with other kinds, quotes, newlines and mistakes thrown in. */
export function createNastyCsv(random: Random): Buffer {
  const newline = random.pick(['\n', '\r\n'])
  const columns = Array.from({ length: random.integer(1, 4) }, () => random.pick(kinds))
  const rows = Array.from({ length: random.integer(0, 12) }, () => writeRow(random, columns, newline))
  const header = columns.map(() => pickHeader(random)).join(',')
  const end = random.integer(0, 2) === 0 ? '' : newline
  const text = Buffer.from(
    `${random.integer(0, 4) === 0 ? '\ufeff' : ''}${[header, ...rows].join(newline)}${end}`,
  )
  return random.integer(0, 7) === 0 ? spoil(random, text) : text
}

function pickHeader(random: Random): string {
  return random.pick([
    'a',
    'A',
    ' a ',
    'a_2',
    '"a b"',
    'Año  de\tAlta',
    '"con ""comillas"""',
    'constructor',
    'x.y',
    'b',
    'c',
    'd',
    'e',
  ])
}

function writeRow(random: Random, columns: readonly (keyof typeof fields)[], newline: string): string {
  if (random.integer(0, 60) === 0)
    return random.pick(['', ' ', '\t', '\u00a0', '""', 'x"y', '"x"y', ',', '"x', `"a${newline}b",1,2,3,4,5`])
  return columns.map(kind => writeField(random, kind, newline)).join(',')
}

function writeField(random: Random, liked: keyof typeof fields, newline: string): string {
  const text: string = random.pick(fields[random.integer(0, 11) === 0 ? random.pick(kinds) : liked])
  const padded = random.integer(0, 3) === 0 ? ` ${text}\t` : text
  if (padded.includes(',') || random.integer(0, 5) === 0) {
    const inside = random.pick([
      padded,
      `${padded}${newline}`,
      `"${padded}`,
      `${padded}, ""${newline}${newline}á`,
      padded,
    ])
    return `"${inside.replaceAll('"', '""')}"`
  }
  return padded
}

/** Bytes that are not UTF-8, in a place of no importance to the CSV. */
function spoil(random: Random, text: Buffer): Buffer {
  const wrong = random.pick([[0xff], [0xc3], [0xe2, 0x82], [0xed, 0xa0, 0x80], [0xf0, 0x9f, 0x91], [0x80]])
  const position = random.integer(0, text.length)
  return Buffer.concat([text.subarray(0, position), Buffer.from(wrong), text.subarray(position)])
}

/** A file of some megabytes in which columns stop being what they seemed, some of them in the last rows. */
export function createLateChanges(random: Random): Buffer {
  const rowCount = 60_000
  const late = Array.from({ length: 6 }, () => rowCount - random.integer(1, 30_000))
  const [decimal = 0, textual = 0, noDate = 0, missing = 0, big = 0, instant = 0] = late
  const lines = ['entero,decimal,texto,fecha,grande,instante,nota']
  for (let row = 0; row < rowCount; row++) {
    lines.push(
      [
        row % 97 === 0 && row > missing ? 'NA' : row,
        row === decimal ? '2.5' : row % 50,
        row === textual ? 'doce' : row % 7,
        row === noDate ? '2024-02-30' : `2024-02-${10 + (row % 20)}`,
        row === big ? '1234567890123456' : row,
        row === instant ? '2024-02-29' : `2024-02-29T10:20:${10 + (row % 50)}.${row % 1000}Z`,
        row % 1000 === 0 ? `"dos\nlíneas, ""${row}"""` : `ñandú ${row % 3}`,
      ].join(','),
    )
  }
  return Buffer.from(lines.join('\n'))
}

/** A file of some megabytes whose rows are from a few bytes to more than a block, in letters of one to four bytes. */
export function createWideText(random: Random): Buffer {
  const letters = ['a', 'ñ', '€', '🚀', '""', '\n', '\u00a0', ',']
  const lines = ['id,texto']
  for (let row = 0; row < 40; row++) {
    const length = random.pick([1, 10, 1000, 60_000, 200_000])
    const text = Array.from({ length: random.integer(1, 9) }, () => random.pick(letters)).join('')
    lines.push(`${row},"x${text.repeat(Math.ceil(length / text.length))}"`)
  }
  return Buffer.from(lines.join('\r\n'))
}
