import { GetObjectCommand, HeadObjectCommand, S3Client, S3ServiceException } from '@aws-sdk/client-s3'
import { type AsyncBuffer, parquetMetadataAsync, parquetReadObjects } from 'hyparquet'
import type { Check } from '../../../../src/course/check.ts'
import type { Lab } from '../../../../src/course/lab.ts'
import { defineCheck, refuse, refuseClaim } from '../../../9.2-s3-data-lake/checks/data-lake/lake.ts'
import { createBucket, putInParts } from '../../../9.2-s3-data-lake/checks/grader-s3/objects.ts'
import { plainName } from '../../../9.2-s3-data-lake/checks/grader-s3/samples.ts'
import { formatCount } from '../../../9.2-s3-data-lake/checks/grader-s3/spanish.ts'
import { deployGraded } from '../grader-lambda/invoking.ts'
import { createLargeCsv } from './large-csv.ts'
import { returnsOutcome } from './pipeline.ts'
import { destinationOf } from './processing.ts'
import { createEvent } from './s3-event.ts'

const csvMegabytes = 64
const memoryMegabytes = 128
/** Seconds on a machine of its own; a busy one gets more. */
const timeoutSeconds = 90

export const streams: Check = defineCheck({
  id: 'memoria',
  title: 'Un CSV que no cabe en la memoria de la función',
  points: 4,
  needs: [returnsOutcome.id],
  deadlineSeconds: 120,
  hints: [
    '¿Cuánta memoria hace falta para un CSV de 64 MB si lo lees entero? ¿Y si solo guardas la fila que estás mirando?',
    'El Body de GetObject es un stream, y csv-parse también: con pipeline van fila a fila, y cada uno espera al siguiente. Lee el objeto dos veces: una para los tipos y otra para escribir. Escribe el Parquet por grupos de filas y súbelo con Upload, que va por partes.',
    'await pipeline(cuerpo, parse(…), filas => escribirParquet(filas, examen), trozos => subir(trozos, …)); en memoria, un grupo de filas y una parte',
  ],
  look: async lab => {
    const bucket = await createBucket(lab, 'memoria')
    const key = `raw/${plainName(lab.random)}.csv`
    const { parts, rowCount, lastRow } = createLargeCsv(lab.random, csvMegabytes)
    await putInParts(lab, { bucket, key }, parts)
    const { name, logsLine: tryIt } = await deployGraded(lab, { memoryMegabytes, timeoutSeconds })
    const event = createEvent(lab.random, [
      { bucket, key, size: parts.reduce((sum, part) => sum + part.length, 0) },
    ])
    const expected = `${csvMegabytes} MB de CSV, ${formatCount(rowCount)} filas, en una función de ${memoryMegabytes} MB`
    const invocation = await lab.functions.invoke(name, event)
    if (invocation.kind !== 'value') refuseClaim(invocation, { expected, tryIt })
    await expectLastRow(lab, { bucket, key: destinationOf(key), rowCount, lastRow, expected })
  },
})

interface LargeParquet {
  readonly bucket: string
  readonly key: string
  readonly rowCount: number
  readonly lastRow: readonly string[]
  readonly expected: string
}

/** Looks at the number of rows and the last one, without reading the whole file. */
async function expectLastRow(
  lab: Lab,
  { bucket, key, rowCount, lastRow, expected }: LargeParquet,
): Promise<void> {
  const tryIt = `s3api head-object --bucket ${bucket} --key ${key}`
  const file = await openObject(lab, bucket, key)
  if (file === undefined) return refuse({ expected, found: `no hay ${key}`, tryIt })
  const rows = await readLastRow(file)
  if (rows.rowCount !== rowCount) {
    refuse({ expected, found: `${formatCount(rows.rowCount)} filas en el Parquet`, tryIt })
  }
  const [id, , category, amount] = lastRow
  const found = `${rows.last.id}, ${rows.last.categoria}, ${rows.last.monto}`
  const wanted = `${id}, ${category}, ${amount}`
  if (found !== wanted) refuse({ expected: `la última fila: ${wanted}`, found, tryIt })
}

async function readLastRow(
  file: AsyncBuffer,
): Promise<{ readonly rowCount: number; readonly last: Record<string, unknown> }> {
  try {
    const metadata = await parquetMetadataAsync(file)
    const rowCount = Number(metadata.num_rows)
    const columns = ['id', 'categoria', 'monto']
    const [last = {}] = await parquetReadObjects({
      file,
      metadata,
      columns,
      rowStart: rowCount - 1,
      rowEnd: rowCount,
    })
    return { rowCount, last }
  } catch {
    // Whatever the library throws, these bytes are a student's: no Parquet has no rows.
    return { rowCount: 0, last: {} }
  }
}

/** An object that is read in pieces; `undefined` when there is none. */
async function openObject(lab: Lab, bucket: string, key: string): Promise<AsyncBuffer | undefined> {
  const s3 = lab.client(S3Client)
  const object = { Bucket: bucket, Key: key }
  try {
    const { ContentLength = 0 } = await s3.send(new HeadObjectCommand(object))
    return {
      byteLength: ContentLength,
      slice: async (start, end = ContentLength) => {
        const Range = `bytes=${start < 0 ? ContentLength + start : start}-${end - 1}`
        const { Body } = await s3.send(new GetObjectCommand({ ...object, Range }))
        const bytes = (await Body?.transformToByteArray()) ?? new Uint8Array()
        return Uint8Array.from(bytes).buffer
      },
    }
  } catch (error) {
    if (error instanceof S3ServiceException) return undefined
    throw error
  }
}
