import type { Check } from '../../../../src/course/check.ts'
import { createQuotedBomCsv } from '../../../9.2-s3-data-lake/checks/data-lake/dirty-text.ts'
import { createDatesCsv, createNumbersCsv } from '../../../9.2-s3-data-lake/checks/data-lake/dirty-types.ts'
import { defineCheck } from '../../../9.2-s3-data-lake/checks/data-lake/lake.ts'
import { createSalesCsv } from '../../../9.2-s3-data-lake/checks/data-lake/sales.ts'
import { createBucket } from '../../../9.2-s3-data-lake/checks/grader-s3/objects.ts'
import { plainName } from '../../../9.2-s3-data-lake/checks/grader-s3/samples.ts'
import { expectOnly, expectOutcomes, expectParquets, processUploads } from './processing.ts'

export const writesParquet: Check = defineCheck({
  id: 'parquet',
  title: 'Un CSV de raw/ deja su Parquet en processed/',
  points: 4,
  hints: [
    '¿Qué dice el evento de S3: el contenido del archivo, o solo dónde está?',
    'evento.Records[n].s3 trae bucket.name y object.key. Con ellos, GetObject lee el CSV y el Parquet se sube a processed/ en el mismo bucket. Las reglas de limpieza son las de 9.2.3. Si algo lanza, mira el log de la función.',
    'for (const { s3: aviso } of evento.Records) procesar(aviso.bucket.name, …la key…, …processed/ con .parquet…), con await',
  ],
  look: async lab => {
    const bucket = await createBucket(lab, 'pipeline')
    const key = `raw/${plainName(lab.random)}.csv`
    const uploads = [{ bucket, key, bytes: createSalesCsv(lab.random) }]
    await processUploads(lab, uploads)
    await expectParquets(lab, uploads)
  },
})

export const returnsOutcome: Check = defineCheck({
  id: 'resultado',
  title: 'Devuelve [{ origen, destino, filas }]',
  points: 2,
  needs: [writesParquet.id],
  hints: [
    '¿Qué le sirve saber a quien invoca la función a mano para probarla?',
    'Un arreglo con un objeto por CSV procesado, en el orden del evento: la key de origen, la de destino y cuántas filas quedaron después de limpiar. Nada de statusCode.',
    'resultados.push({ origen, destino, filas }), y al final return resultados',
  ],
  look: async lab => {
    const bucket = await createBucket(lab, 'resultado')
    const uploads = [{ bucket, key: `raw/${plainName(lab.random)}.csv`, bytes: createNumbersCsv(lab.random) }]
    expectOutcomes(await processUploads(lab, uploads), uploads)
  },
})

export const cleansAsSilver: Check = defineCheck({
  id: 'limpieza',
  title: 'Limpia y da tipos con las reglas de 9.2.3',
  points: 3,
  needs: [writesParquet.id],
  hints: [
    '¿Qué hacía tu limpiarPlata de 9.2.3 con un BOM, con las fechas y con los números que parecen códigos?',
    'Son las mismas reglas: nombres limpios y únicos, filas incompletas fuera, y el tipo lo deciden los valores de las filas que quedan. En Lambda la zona horaria es UTC, pero no dependas de ella.',
    'El tipo de una columna es el primero de INT64, DOUBLE, DATE, TIMESTAMP y STRING que acepta todos sus valores',
  ],
  look: async lab => {
    const bucket = await createBucket(lab, 'limpieza')
    const sources = [createNumbersCsv, createDatesCsv, createQuotedBomCsv]
    const uploads = sources.map((create, index) => ({
      bucket,
      key: `raw/${plainName(lab.random)}-${index}.csv`,
      bytes: create(lab.random),
    }))
    for (const each of uploads) {
      await processUploads(lab, [each])
      await expectParquets(lab, [each])
    }
  },
})

export const processesEvery: Check = defineCheck({
  id: 'registros',
  title: 'Procesa todos los registros, cada uno en su bucket',
  points: 3,
  needs: [returnsOutcome.id],
  hints: [
    'El evento trae Records, en plural. ¿Qué pasa con el segundo?',
    'Recorre evento.Records entero y espera cada uno con await. El bucket es el de cada registro: una misma función puede atender a varios.',
    'for (const registro of evento.Records ?? []) { …await procesar(registro.s3.bucket.name, …) }',
  ],
  look: async lab => {
    const buckets = [await createBucket(lab, 'registros-a'), await createBucket(lab, 'registros-b')]
    const uploads = [0, 1, 2, 3].map(index => ({
      bucket: buckets[index % 2] ?? '',
      key: `raw/${plainName(lab.random)}-${index}.csv`,
      bytes: createSalesCsv(lab.random),
    }))
    const returned = await processUploads(lab, uploads)
    await expectParquets(lab, uploads)
    expectOutcomes(returned, uploads)
  },
})

export const repeatsItself: Check = defineCheck({
  id: 'repetido',
  title: 'El mismo evento dos veces deja un solo Parquet',
  points: 2,
  needs: [writesParquet.id],
  hints: [
    'S3 puede entregar el mismo aviso dos veces. ¿Qué queda en processed/ la segunda?',
    'Si la key de destino depende solo de la de origen, el segundo Parquet reemplaza al primero y no pasa nada: la función es idempotente. Con la fecha o un identificador al azar en el nombre, hay dos copias de los mismos datos.',
    'La misma key de raw/ da siempre la misma key de processed/',
  ],
  look: async lab => {
    const bucket = await createBucket(lab, 'repetido')
    const key = `raw/${plainName(lab.random)}/${plainName(lab.random)}.csv`
    const uploads = [{ bucket, key, bytes: createSalesCsv(lab.random) }]
    const [first] = [await processUploads(lab, uploads), await processUploads(lab, uploads)]
    expectOutcomes(first, uploads)
    await expectOnly(lab, bucket, [key, destinationIn(first)])
  },
})

function destinationIn(returned: unknown): string {
  const [outcome] = returned as readonly { readonly destino: string }[]
  return outcome?.destino ?? ''
}
