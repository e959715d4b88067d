import type { Random } from '../../../../src/core/random.ts'
import { type CsvStyle, plainCsv, writeCsv } from './csv-writer.ts'
import { missingTokens } from './oracle.ts'
import { personName, placeName, productName, times } from './words.ts'

/** A source that must be an error, and what is wrong with it, in Spanish. */
export interface BrokenSource {
  readonly what: string
  readonly bytes: Buffer
}

/** Ways to write a row of three fields that is not one. */
const malformedRows: readonly { readonly what: string; write(random: Random): string }[] = [
  { what: 'una fila con un campo de menos', write: random => `${personName(random)},${placeName(random)}` },
  { what: 'una fila con un campo de más', write: random => `${personName(random)},a,b,${random.hex(2)}` },
  { what: 'una línea en blanco', write: () => '' },
  { what: 'una comilla suelta dentro de un campo', write: random => `${personName(random)},de 24",x` },
  { what: 'texto detrás de unas comillas cerradas', write: random => `"${personName(random)}" hijo,a,b` },
  {
    what: 'una fila que empieza con un campo de dos líneas y trae campos de más',
    write: random => `"uno\ndos",${personName(random)},b,c`,
  },
]

/** One source for each way in which a row may be malformed; the rows before it take more lines than rows. */
export function createMalformedCsvs(random: Random): BrokenSource[] {
  const sources = malformedRows.map(({ what, write }) => {
    const newline = random.pick(['\n', '\r\n'] as const)
    const before = random.shuffle([...goodRows(random, random.integer(9, 14)), longRow(random, newline)])
    const head = writeCsv([threeNames, ...before], { ...plainCsv, newline })
    const tail = writeCsv(goodRows(random, random.integer(1, 3)), { ...plainCsv, newline })
    return { what, bytes: Buffer.concat([head, Buffer.from(`${write(random)}${newline}`), tail]) }
  })
  const open = writeCsv([threeNames, ...goodRows(random, 10), longRow(random, '\n')])
  const unclosed = Buffer.from(`"${personName(random)}\n${placeName(random)},a\nb`)
  return [...sources, { what: 'unas comillas que no se cierran', bytes: Buffer.concat([open, unclosed]) }]
}

const threeNames = ['nombre', 'ciudad', 'producto']

function goodRows(random: Random, count: number): string[][] {
  return times(count, () => [personName(random), placeName(random), productName(random)])
}

/** A good row of three or four lines. */
function longRow(random: Random, newline: CsvStyle['newline']): string[] {
  return [
    personName(random),
    `calle 1${newline}${newline.repeat(random.integer(0, 1))}piso 2`,
    'en el portal, "abajo"',
  ]
}

/** Sources that are errors as a whole. */
export function createRefusedCsvs(random: Random): BrokenSource[] {
  const rows = goodRows(random, 3)
  return [
    { what: 'un archivo de 0 bytes', bytes: Buffer.alloc(0) },
    { what: 'un BOM y nada más', bytes: Buffer.from('\uFEFF') },
    {
      what: 'un nombre de columna vacío',
      bytes: writeCsv([random.shuffle(['nombre', '  ', 'ciudad']), ...rows]),
    },
  ]
}

/** A header alone, and rows of which none is kept. */
export function createRowlessCsvs(random: Random): BrokenSource[] {
  const dropped = times(random.integer(2, 5), () => {
    const row = [String(random.integer(1, 99)), '2024-01-01', '1.5']
    row[random.integer(0, 2)] = random.pick(missingTokens)
    return row
  })
  const header = ['cantidad', 'fecha', 'precio']
  return [
    {
      what: 'una cabecera sola',
      bytes: writeCsv([header], { ...plainCsv, endsInNewline: random.integer(0, 1) === 1 }),
    },
    { what: 'un archivo en el que toda fila está incompleta', bytes: writeCsv([header, ...dropped]) },
  ]
}

/** An array of flat objects: keys that are absent, `null` or a missing text, and others to be cleaned. */
export function createDirtyJson(random: Random): Buffer {
  const complete = times(random.integer(5, 8), index => ({
    ' Id Cliente': index * 7 + 1,
    NOMBRE: `  ${personName(random)} `,
    ciudad: `${placeName(random)}, "${random.hex(2)}"`,
    alta: `2024-0${random.integer(1, 9)}-1${random.integer(0, 9)}`,
    gasto: random.integer(-9999, 9999) / 100 + 0.001,
    codigo: `0${random.integer(100, 999)}`,
  }))
  const incomplete = [null, undefined, '', '  ', random.pick(missingTokens)].map(missing => {
    const record: Record<string, unknown> = { ...random.pick(complete) }
    const key = random.pick(Object.keys(record))
    // JSON.stringify leaves out what is undefined: an absent key.
    record[key] = missing
    return record
  })
  // A complete object comes first, so that every key is known from the start.
  const [first, ...others] = complete
  return Buffer.from(JSON.stringify([first, ...random.shuffle([...others, ...incomplete])], undefined, 1))
}
