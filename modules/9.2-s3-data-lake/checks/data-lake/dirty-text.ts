import type { Random } from '../../../../src/core/random.ts'
import { type CsvStyle, plainCsv, quoted, writeCsv } from './csv-writer.ts'
import { missingTokens } from './oracle.ts'
import { personName, placeName, productName, times } from './words.ts'

/** Nothing wrong with it: three columns of text. */
export function createPlainCsv(random: Random): Buffer {
  const rows = times(random.integer(6, 12), () => [
    personName(random),
    placeName(random),
    productName(random),
  ])
  return writeCsv([['nombre', 'ciudad', 'producto'], ...rows])
}

/** Names with blanks, capitals and accents, repeated ones, and one whose `_2` is taken. */
export function createNamesCsv(random: Random): Buffer {
  const word = `x${random.hex(3)}`
  const header = [
    '  Nombre ',
    random.pick(['Ciudad   de\tEntrega', 'CIUDAD \t de  entrega']),
    'Año De Alta',
    word,
    `${word}_2`,
    word.toUpperCase(),
    `\t${word} `,
    'REGIÓN',
  ]
  const rows = times(random.integer(4, 8), () => header.map(() => productName(random)))
  return writeCsv([header, ...rows])
}

/** Commas, quotes and newlines inside of fields, in a file of either newline. */
export function createQuotedCsv(random: Random, newline: CsvStyle['newline']): Buffer {
  const rows = times(random.integer(5, 9), () => [
    personName(random),
    `${placeName(random)}, ${placeName(random)}`,
    `${productName(random)} de ${random.integer(10, 40)}"`,
    quoted(productName(random)),
  ])
  const awkward = [
    [
      quoted('"'),
      'uno,dos,,tres',
      '"entre comillas"',
      `línea 1${newline}línea 2, y${newline}${newline}línea "4"`,
    ],
    [`Ana${newline}Belén`, ',', '""', `k-${random.hex(2)}`],
  ]
  const header = ['nombre', quoted('ciudad, país'), 'medida', 'nota']
  return writeCsv([header, ...random.shuffle([...rows, ...awkward])], {
    newline,
    hasBom: false,
    endsInNewline: random.integer(0, 1) === 1,
  })
}

/** What spreadsheets save: a BOM before the first name. */
export function createBomCsv(random: Random): Buffer {
  return createCsvWithBom(random, 'producto')
}

/** What databases save: a BOM before a name in quotes. */
export function createQuotedBomCsv(random: Random): Buffer {
  return createCsvWithBom(random, quoted('producto'))
}

function createCsvWithBom(random: Random, firstName: string): Buffer {
  const rows = times(random.integer(4, 8), () => [productName(random), personName(random)])
  return writeCsv([[firstName, 'vendedor'], ...rows], { ...plainCsv, hasBom: true })
}

/** Looks missing to who compares without care, and is not. */
const notMissing = [
  'na',
  'Na',
  'n/a',
  'Null',
  'NONE',
  'none',
  'NAN',
  '-',
  'sin dato',
  'NA sur',
  'null.',
] as const

/** Every way to lack a value, with and without blanks and quotes, among texts that only look like one. */
export function createMissingCsv(random: Random): Buffer {
  const kept = notMissing.map(text => [personName(random), pad(random, text), productName(random)])
  const dropped = missingTokens.flatMap(token => [
    withMissing(random, token),
    withMissing(random, pad(random, token)),
    withMissing(random, quoted(pad(random, token))),
  ])
  const spaced = times(4, () => [
    pad(random, personName(random)),
    quoted(` ${placeName(random)}\t`),
    pad(random, productName(random)),
  ])
  const rows = random.shuffle([...kept, ...dropped, ...spaced])
  return writeCsv([['nombre', 'ciudad', 'producto'], ...rows])
}

/** A row that lacks one of its three values. */
function withMissing(random: Random, token: string): string[] {
  const row = [personName(random), placeName(random), productName(random)]
  row[random.integer(0, 2)] = token
  return row
}

/** Blanks on both sides. */
function pad(random: Random, text: string): string {
  return `${random.pick([' ', '  ', '\t'])}${text}${random.pick([' ', '   ', ' \t'])}`
}
