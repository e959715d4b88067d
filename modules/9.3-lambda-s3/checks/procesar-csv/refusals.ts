import { ListMultipartUploadsCommand, S3Client } from '@aws-sdk/client-s3'
import type { Check } from '../../../../src/course/check.ts'
import type { Lab } from '../../../../src/course/lab.ts'
import {
  createMalformedCsvs,
  createRefusedCsvs,
  createRowlessCsvs,
} from '../../../9.2-s3-data-lake/checks/data-lake/dirty-shape.ts'
import { defineCheck, refuse, refuseClaim } from '../../../9.2-s3-data-lake/checks/data-lake/lake.ts'
import { cleanCsv } from '../../../9.2-s3-data-lake/checks/data-lake/oracle.ts'
import { createSalesCsv } from '../../../9.2-s3-data-lake/checks/data-lake/sales.ts'
import { createBucket } from '../../../9.2-s3-data-lake/checks/grader-s3/objects.ts'
import { plainName } from '../../../9.2-s3-data-lake/checks/grader-s3/samples.ts'
import { listLine } from '../../../9.2-s3-data-lake/checks/grader-s3/shell.ts'
import { createCsvWithBrokenEnd } from './large-csv.ts'
import { writesParquet } from './pipeline.ts'
import {
  destinationOf,
  expectOnly,
  expectOutcomes,
  expectParquets,
  processUploads,
  send,
  toRecord,
  type Upload,
  upload,
} from './processing.ts'

export const handlesEmpty: Check = defineCheck({
  id: 'vacios',
  title: 'Sin filas, un Parquet sin filas; sin cabecera, un error',
  points: 2,
  needs: [writesParquet.id],
  hints: [
    '¿Es lo mismo un archivo de cero bytes que una cabecera sin filas?',
    'Como en 9.2.3: sin cabecera es un error; con cabecera y ninguna fila que se quede, un Parquet de cero filas con todas las columnas STRING.',
    "if (cabecera === undefined) throw new Error('el archivo está vacío')",
  ],
  look: async lab => {
    const bucket = await createBucket(lab, 'vacios')
    const good = createRowlessCsvs(lab.random).map(({ bytes }, index) => ({
      bucket,
      key: `raw/${plainName(lab.random)}-sin-filas-${index}.csv`,
      bytes,
    }))
    for (const each of good) {
      expectOutcomes(await processUploads(lab, [each]), [each])
      await expectParquets(lab, [each])
    }
    const bad = createRefusedCsvs(lab.random).map(({ what, bytes }, index) => ({
      what,
      bucket,
      key: `raw/${plainName(lab.random)}-vacio-${index}.csv`,
      bytes,
    }))
    for (const each of bad) await expectError(lab, each)
    const written = good.map(({ key }) => destinationOf(key))
    await expectOnly(lab, bucket, [...good, ...bad].map(({ key }) => key).concat(written))
  },
})

export const raisesMalformed: Check = defineCheck({
  id: 'mal-formado',
  title: 'Un CSV mal formado es un error y no deja nada escrito',
  points: 4,
  needs: [writesParquet.id],
  hints: [
    'Si la función devuelve { statusCode: 500 }, ¿lo reintenta alguien? ¿Se entera alguien?',
    'Deja que el error salga del handler: Lambda marca la invocación como fallida, y S3 y tus alarmas lo ven. Comprueba el archivo entero antes de escribir, o cancela la subida: un multipart a medias no se ve, pero se paga.',
    'No hay try/catch en el handler; la primera pasada lanza si una fila está mal, y solo la segunda escribe',
  ],
  look: async lab => {
    const bucket = await createBucket(lab, 'malformados')
    const sources = [
      ...lab.random.shuffle(createMalformedCsvs(lab.random)).slice(0, 4),
      {
        what: 'una fila mal formada al final de un archivo grande',
        bytes: createCsvWithBrokenEnd(lab.random),
      },
    ]
    const uploads = sources.map(({ what, bytes }, index) => ({
      what,
      bucket,
      key: `raw/${plainName(lab.random)}-${index}.csv`,
      bytes,
    }))
    for (const each of uploads) await expectError(lab, { ...each, line: brokenLine(each.bytes) })
    await expectOnly(
      lab,
      bucket,
      uploads.map(({ key }) => key),
    )
    await refuseOrphans(lab, bucket)
  },
})

function brokenLine(bytes: Uint8Array): number {
  const cleaning = cleanCsv(bytes)
  if (cleaning.kind !== 'malformed') throw new Error('a generated source is not malformed')
  return cleaning.line
}

export const failsAsAWhole: Check = defineCheck({
  id: 'malo-entre-buenos',
  title: 'Un CSV malo entre buenos hace fallar la invocación',
  points: 2,
  needs: [writesParquet.id],
  hints: [
    'Si uno de tres falla y los demás salen bien, ¿qué debe saber Lambda?',
    'Un evento se acepta o se rechaza entero. Si el error de uno se queda en un catch, nadie lo volverá a intentar: ese archivo se pierde en silencio. Que los buenos se escriban o no, da igual: el reintento los repite.',
    'await de cada uno sin catch; y si los lanzas a la vez, Promise.all y no Promise.allSettled',
  ],
  look: async lab => {
    const bucket = await createBucket(lab, 'malo-y-buenos')
    const [broken] = createMalformedCsvs(lab.random)
    const contents = lab.random.shuffle([
      createSalesCsv(lab.random),
      broken?.bytes ?? Buffer.alloc(0),
      createSalesCsv(lab.random),
    ])
    const uploads = contents.map((bytes, index) => ({
      bucket,
      key: `raw/${plainName(lab.random)}-${index}.csv`,
      bytes,
    }))
    await upload(lab, uploads)
    await refuseSuccess(lab, uploads, 'tres CSV, uno de ellos mal formado: un error')
  },
})

interface BadUpload extends Upload {
  readonly what: string
  /** The line that the error must name, if any. */
  readonly line?: number
}

async function expectError(lab: Lab, bad: BadUpload): Promise<void> {
  const { bucket, what, line } = bad
  const tryIt = listLine(bucket)
  await upload(lab, [bad])
  const where = line === undefined ? '' : ` que nombra la línea ${line}`
  const expected = `${what}: un error${where}`
  const message = await refuseSuccess(lab, [bad], expected)
  if (line === undefined || new RegExp(`(?<!\\d)${line}(?!\\d)`).test(message)) return
  refuse({ expected, found: `«${message}»`, tryIt })
}

/** The message of the error that an event must be. */
async function refuseSuccess(lab: Lab, uploads: readonly Upload[], expected: string): Promise<string> {
  const tryIt = listLine(uploads[0]?.bucket ?? '')
  const invocation = await send(lab, uploads.map(toRecord))
  if (invocation.kind === 'error') return invocation.message
  if (invocation.kind === 'value') {
    return refuse({ expected, found: 'terminó como si todo hubiera ido bien', tryIt })
  }
  return refuseClaim(invocation, { expected, tryIt })
}

async function refuseOrphans(lab: Lab, bucket: string): Promise<void> {
  const { Uploads = [] } = await lab
    .client(S3Client)
    .send(new ListMultipartUploadsCommand({ Bucket: bucket }))
  const [orphan] = Uploads
  if (orphan === undefined) return
  refuse({
    expected: 'ninguna subida a medias',
    found: `una subida sin terminar de «${orphan.Key}»`,
    tryIt: `s3api list-multipart-uploads --bucket ${bucket}`,
  })
}
