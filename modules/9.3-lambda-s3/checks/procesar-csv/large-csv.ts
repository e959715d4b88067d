import type { Random } from '../../../../src/core/random.ts'
import { writeCsv } from '../../../9.2-s3-data-lake/checks/data-lake/csv-writer.ts'
import { times } from '../../../9.2-s3-data-lake/checks/data-lake/words.ts'
import { randomBytes } from '../../../9.2-s3-data-lake/checks/grader-s3/samples.ts'

const header = ['Id', 'Fecha', 'Categoria', 'Monto', 'Cantidad', 'Nota']

/** A CSV that is made cheaply: a block of rows, again and again. */
export interface LargeCsv {
  /** The whole file, in pieces; all but the last are as large as a part of an upload. */
  readonly parts: readonly Buffer[]
  readonly rowCount: number
  /** The texts of the last row. */
  readonly lastRow: readonly string[]
}

const rowsOfABlock = 20_000

/** Creates a CSV of about `megabytes`, with rows of some 295 bytes. */
export function createLargeCsv(random: Random, megabytes: number): LargeCsv {
  const rows = createRows(random)
  const block = writeCsv(rows)
  const blocks = Math.ceil((megabytes * 1024 * 1024) / block.length)
  const parts = times(blocks, index => (index === 0 ? Buffer.concat([writeCsv([header]), block]) : block))
  return { parts, rowCount: rows.length * blocks, lastRow: rows.at(-1) ?? [] }
}

/** A CSV of some 6 MB, more than the first part of an upload, whose last row has a field too many. */
export function createCsvWithBrokenEnd(random: Random): Buffer {
  return Buffer.concat([
    writeCsv([header, ...createRows(random)]),
    Buffer.from('1,2024-01-01,a,1.5,2,b,de más\n'),
  ])
}

/** Rows with a note that no compression makes shorter. */
function createRows(random: Random): string[][] {
  const noteCharacters = 250
  const notes = randomBytes(random, (rowsOfABlock * noteCharacters) / 2).toString('hex')
  return times(rowsOfABlock, index => [
    String(index),
    `2024-01-${String(1 + (index % 28)).padStart(2, '0')}`,
    `categoria ${index % 9}`,
    `${index % 977}.25`,
    String(index % 13),
    notes.slice(index * noteCharacters, (index + 1) * noteCharacters),
  ])
}
