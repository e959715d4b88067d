import { describe, expect, it } from 'vitest'
import { writeCsv } from '../../modules/9.2-s3-data-lake/checks/data-lake/csv-writer.ts'
import {
  createDirtyJson,
  createMalformedCsvs,
  createRefusedCsvs,
  createRowlessCsvs,
} from '../../modules/9.2-s3-data-lake/checks/data-lake/dirty-shape.ts'
import {
  createBomCsv,
  createMissingCsv,
  createNamesCsv,
  createQuotedBomCsv,
  createQuotedCsv,
} from '../../modules/9.2-s3-data-lake/checks/data-lake/dirty-text.ts'
import {
  createDatesCsv,
  createNumbersCsv,
} from '../../modules/9.2-s3-data-lake/checks/data-lake/dirty-types.ts'
import { type Cleaning, cleanCsv, cleanJson } from '../../modules/9.2-s3-data-lake/checks/data-lake/oracle.ts'
import { createSalesCsv, usualNames } from '../../modules/9.2-s3-data-lake/checks/data-lake/sales.ts'
import { findColumn, type Table } from '../../modules/9.2-s3-data-lake/checks/data-lake/table.ts'
import { dataLake } from '../../modules/9.2-s3-data-lake/checks/data-lake.ts'
import { createRandom } from '../../src/core/random.ts'
import { totalPoints } from '../../src/course/exercise.ts'

const seeds = Array.from({ length: 60 }, (_, index) => index * 7919 + 1)

function table(cleaning: Cleaning): Table {
  if (cleaning.kind !== 'table') throw new Error(`${cleaning.kind}, not a table`)
  return cleaning.table
}

function types({ columns }: Table): Record<string, string> {
  return Object.fromEntries(columns.map(({ name, type }) => [name, type]))
}

function forEachSeed(test: (random: ReturnType<typeof createRandom>) => void): void {
  for (const seed of seeds) test(createRandom(seed))
}

describe('what the oracle of 9.2.3 takes from its contract', () => {
  it.each([
    ['0', 'INT64'],
    ['-0', 'INT64'],
    ['123456789012345', 'INT64'],
    ['1234567890123456', 'DOUBLE'],
    ['+5', 'DOUBLE'],
    ['-0.5', 'DOUBLE'],
    ['1e5', 'DOUBLE'],
    ['2.5E-3', 'DOUBLE'],
    ['007', 'STRING'],
    ['-007', 'STRING'],
    ['1,5', 'STRING'],
    ['0x1F', 'STRING'],
    ['Infinity', 'STRING'],
    ['--5', 'STRING'],
    ['2024-02-29', 'DATE'],
    ['2023-02-29', 'STRING'],
    ['2024-13-01', 'STRING'],
    ['0001-13-13', 'STRING'],
    ['2024-1-1', 'STRING'],
    ['2024-01-01T10:20', 'TIMESTAMP'],
    ['2024-01-01T10:20:30', 'TIMESTAMP'],
    ['2024-01-01T10:20:30.5Z', 'TIMESTAMP'],
    ['2024-01-01T10:20:30+05:30', 'TIMESTAMP'],
    ['2023-02-29T10:20:30', 'STRING'],
    ['2024-01-01T25:00:00', 'STRING'],
    ['2024-01-01T24:00:00', 'STRING'],
    ['2024-01-01T10:00+24:00', 'STRING'],
    ['2024-01-01 10:20:30', 'STRING'],
    ['10:20:30', 'STRING'],
  ])('a column of %s is %s', (text, type) => {
    const { columns } = table(cleanCsv(writeCsv([['x'], [text], [` ${text}\t`]])))
    expect(columns[0]?.type).toBe(type)
  })

  it.each([
    ['2024-07-01T00:00:00', '2024-07-01T00:00:00.000Z'],
    ['2024-07-01T00:00:00.125-05:00', '2024-07-01T05:00:00.125Z'],
    ['1969-12-31T23:59:59.999', '1969-12-31T23:59:59.999Z'],
    ['0001-01-01T00:00+01:00', '0000-12-31T23:00:00.000Z'],
  ])('%s is the instant %s', (text, instant) => {
    const { columns } = table(cleanCsv(writeCsv([['x'], [text]])))
    expect(new Date(Number(columns[0]?.cells[0])).toISOString()).toBe(instant)
  })

  it.each([
    ['a\n1\n', 1],
    ['a,b\n1,2', 1],
    ['a,b\r\n1,"2\r\n3"\r\n', 1],
    ['a\n""\n', 0],
    ['a', 0],
  ])('%j keeps %i rows', (text, rows) => {
    expect(table(cleanCsv(Buffer.from(text))).rowCount).toBe(rows)
  })

  it.each([
    ['a,b\n1\n', 2],
    ['a,b\n1,2,3\n', 2],
    ['a,b\n\n', 2],
    ['a\n1\n\n2\n', 3],
    ['a\n1\n\n', 3],
    ['a\n  \n', 2],
    ['a,b\n"1\n\n",2\n3\n', 5],
    ['a,b\r\n"1\r\n\r\n",2\r\n3\r\n', 5],
    ['a,b\n"1\n2",3,4\n', 2],
    ['a,b\nx"y,2\n', 2],
    ['a,b\n "x",2\n', 2],
    ['a,b\n"x"y,2\n', 2],
    ['a,b\n"x\n\n\n', 2],
    ['a,"b\n', 1],
    ['\n', 1],
  ])('%j is malformed in line %i', (text, line) => {
    expect(cleanCsv(Buffer.from(text))).toEqual({ kind: 'malformed', line })
  })
})

describe('the generated sources of 9.2.3 prove their rules, whatever the seed', () => {
  it('numbers: one column for each rule', () => {
    forEachSeed(random => {
      expect(types(table(cleanCsv(createNumbersCsv(random))))).toEqual({
        entero: 'INT64',
        muy_grande: 'DOUBLE',
        con_signo: 'DOUBLE',
        decimal: 'DOUBLE',
        con_exponente: 'DOUBLE',
        con_ceros: 'STRING',
        con_coma: 'STRING',
        con_hexadecimal: 'STRING',
        con_texto: 'STRING',
        infinito: 'STRING',
        producto: 'STRING',
      })
    })
  })

  it('dates: one column for each rule', () => {
    forEachSeed(random => {
      expect(types(table(cleanCsv(createDatesCsv(random))))).toEqual({
        dia: 'DATE',
        dia_imposible: 'STRING',
        mes_imposible: 'STRING',
        a_la_espanola: 'STRING',
        sin_zona: 'TIMESTAMP',
        con_zona: 'TIMESTAMP',
        dia_o_instante: 'STRING',
        solo_hora: 'STRING',
        anio: 'INT64',
      })
    })
  })

  it('names: blanks, capitals, and a `_2` that is taken', () => {
    forEachSeed(random => {
      const names = table(cleanCsv(createNamesCsv(random))).columns.map(({ name }) => name)
      const word = names[3]
      expect(names).toEqual([
        'nombre',
        'ciudad_de_entrega',
        'año_de_alta',
        word,
        `${word}_2`,
        `${word}_3`,
        `${word}_4`,
        'región',
      ])
    })
  })

  it('quotes: commas, doubled quotes and newlines of the file itself', () => {
    for (const newline of ['\n', '\r\n'] as const) {
      forEachSeed(random => {
        const { columns } = table(cleanCsv(createQuotedCsv(random, newline)))
        const all = columns.flatMap(({ cells }) => cells.map(String))
        for (const piece of [',', '"', `${newline}${newline}`]) {
          expect(all.some(cell => cell.includes(piece))).toBe(true)
        }
        expect(columns.map(({ name }) => name)).toEqual(['nombre', 'ciudad,_país', 'medida', 'nota'])
      })
    }
  })

  it('a BOM, before a name with and without quotes', () => {
    forEachSeed(random => {
      for (const bytes of [createBomCsv(random), createQuotedBomCsv(random)]) {
        expect(bytes.subarray(0, 3).toString('hex')).toBe('efbbbf')
        expect(table(cleanCsv(bytes)).columns.map(({ name }) => name)).toEqual(['producto', 'vendedor'])
      }
    })
  })

  it('missing values: 24 rows go, and those that only look missing stay', () => {
    forEachSeed(random => {
      const { columns, rowCount } = table(cleanCsv(createMissingCsv(random)))
      expect(rowCount).toBe(15)
      const [, city] = columns
      expect(city?.cells).toEqual(expect.arrayContaining(['na', 'Null', 'NONE', 'n/a', '-']))
    })
  })

  it('malformed rows: after rows that take several lines, and each in its own way', () => {
    forEachSeed(random => {
      const sources = createMalformedCsvs(random)
      expect(sources.length).toBe(7)
      for (const { what, bytes } of sources) {
        const cleaning = cleanCsv(bytes)
        const rowsBefore = bytes.toString().split('\n').length
        expect(cleaning, what).toMatchObject({ kind: 'malformed' })
        if (cleaning.kind === 'malformed') expect(cleaning.line).toBeLessThan(rowsBefore)
      }
    })
  })

  it('files that are errors as a whole, and files without rows', () => {
    forEachSeed(random => {
      expect(createRefusedCsvs(random).map(({ bytes }) => cleanCsv(bytes))).toEqual([
        { kind: 'refused', reason: 'vacio' },
        { kind: 'refused', reason: 'vacio' },
        { kind: 'refused', reason: 'columna-sin-nombre' },
      ])
      for (const { bytes } of createRowlessCsvs(random)) {
        const rowless = table(cleanCsv(bytes))
        expect(rowless.rowCount).toBe(0)
        expect(types(rowless)).toEqual({ cantidad: 'STRING', fecha: 'STRING', precio: 'STRING' })
      }
    })
  })

  it('JSON: null, absent keys and missing texts', () => {
    forEachSeed(random => {
      const bytes = createDirtyJson(random)
      const records: Record<string, unknown>[] = JSON.parse(bytes.toString())
      const cleaned = table(cleanJson(bytes))
      expect(records.length - cleaned.rowCount).toBe(5)
      expect(records.some(record => Object.values(record).includes(null))).toBe(true)
      expect(records.some(record => Object.keys(record).length === 5)).toBe(true)
      expect(types(cleaned)).toEqual({
        id_cliente: 'INT64',
        nombre: 'STRING',
        ciudad: 'STRING',
        alta: 'DATE',
        gasto: 'DOUBLE',
        codigo: 'STRING',
      })
    })
  })

  it('sales: a group of one row, negative amounts, and orders that are not those of text', () => {
    forEachSeed(random => {
      const sales = table(cleanCsv(createSalesCsv(random)))
      expect(types(sales)).toEqual({
        categoria: 'STRING',
        sucursal: 'INT64',
        monto: 'DOUBLE',
        cantidad: 'INT64',
        vendedor: 'STRING',
      })
      const categories = findColumn(sales, usualNames.category).cells.map(String)
      const sizes = [...new Set(categories)].map(one => categories.filter(other => other === one).length)
      expect(Math.min(...sizes)).toBe(1)
      expect(findColumn(sales, usualNames.amount).cells.some(cell => Number(cell) < 0)).toBe(true)
      const names = [...new Set(categories)]
      expect([...names].sort()).not.toEqual([...names].sort((a, b) => a.localeCompare(b)))
    })
  })
})

describe('the exercise 9.2.3', () => {
  it('is worth 40 points, and each title fits on its line', () => {
    expect(totalPoints(dataLake)).toBe(40)
    for (const { title } of dataLake.checks) expect(title.length).toBeLessThanOrEqual(60)
  })
})
