import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type CsvFunction, csvFunctions, startCsvFunction } from './csv-function.ts'

const bucket = 'lago'
const memoryMegabytes = 128
const fileBytes = 64 * 1024 * 1024

/** A file whose rows would take many times the function's memory, and how many they are. */
function createLargeCsv(): { readonly bytes: Buffer; readonly rowCount: number } {
  const blockRows = 10_000
  const rows = Array.from({ length: blockRows }, (_, row) => {
    return `${row},2024-03-${10 + (row % 20)},tienda ${row % 7},producto ${row % 1000},${row % 60},${(row * 7) / 100}\n`
  })
  const block = Buffer.from(rows.join(''))
  const blockCount = Math.ceil(fileBytes / block.length)
  const header = Buffer.from('id,fecha,tienda,producto,cantidad,precio\n')
  const blocks = Array.from({ length: blockCount }, () => block)
  return { bytes: Buffer.concat([header, ...blocks]), rowCount: blockCount * blockRows }
}

describe.each(csvFunctions)('%s, 64 MB of CSV in a function of 128 MB', name => {
  let lambda: CsvFunction

  beforeAll(async () => {
    lambda = await startCsvFunction(name)
  })
  afterAll(() => lambda.close())

  it('streams: all rows arrive, and the process stays within its memory', async () => {
    const { bytes, rowCount } = createLargeCsv()
    await lambda.createBucket(bucket)
    await lambda.put(bucket, 'raw/grande.csv', bytes)
    const { answers, peakMegabytes } = await lambda.send([[{ bucket, key: 'raw/grande.csv' }]], {
      memoryMegabytes,
    })
    expect(answers).toMatchObject([{ kind: 'result', result: [{ filas: rowCount }] }])
    expect(peakMegabytes).toBeLessThan(memoryMegabytes)
  }, 120_000)
})
