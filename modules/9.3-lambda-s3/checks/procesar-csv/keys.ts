import type { Check } from '../../../../src/course/check.ts'
import type { Lab } from '../../../../src/course/lab.ts'
import { ownLogLines } from '../../../../src/course/lambda/own-log-lines.ts'
import { defineCheck, refuse, refuseClaim } from '../../../9.2-s3-data-lake/checks/data-lake/lake.ts'
import { createSalesCsv } from '../../../9.2-s3-data-lake/checks/data-lake/sales.ts'
import { createBucket } from '../../../9.2-s3-data-lake/checks/grader-s3/objects.ts'
import {
  awkwardName,
  mostAwkwardName,
  plainName,
} from '../../../9.2-s3-data-lake/checks/grader-s3/samples.ts'
import { deployGraded, showJson } from '../grader-lambda/invoking.ts'
import { returnsOutcome, writesParquet } from './pipeline.ts'
import {
  destinationOf,
  expectOnly,
  expectOutcomes,
  expectParquets,
  processUploads,
  send,
  upload,
  usual,
} from './processing.ts'
import { createTestEvent, type RecordDraft } from './s3-event.ts'

/** Processes one CSV with that key, and looks at all that it left. */
async function expectMirrored(lab: Lab, bucket: string, key: string): Promise<void> {
  const uploads = [{ bucket, key, bytes: createSalesCsv(lab.random) }]
  const returned = await processUploads(lab, uploads)
  await expectParquets(lab, uploads)
  expectOutcomes(returned, uploads)
}

export const mirrorsFolders: Check = defineCheck({
  id: 'ruta',
  title: 'processed/ repite las carpetas que hay debajo de raw/',
  points: 3,
  needs: [returnsOutcome.id],
  hints: [
    'Llegan raw/bogota/enero.csv y raw/lima/enero.csv. ¿Dónde acaba cada uno?',
    'Solo cambia el principio: raw/ por processed/. Lo que haya en medio se queda, también si dentro hay otra carpeta raw/. Con el último trozo del nombre (split("/").pop()) dos archivos distintos se pisan.',
    "'processed/' + key.slice('raw/'.length, …sin el final…) + '.parquet'",
  ],
  look: async lab => {
    const bucket = await createBucket(lab, 'rutas')
    const name = plainName(lab.random)
    const keys = [`raw/${lab.random.hex(3)}/2026/${name}.csv`, `raw/${lab.random.hex(3)}/raw/${name}.csv`]
    for (const key of keys) await expectMirrored(lab, bucket, key)
    await expectOnly(
      lab,
      bucket,
      keys.flatMap(key => [key, destinationOf(key)]),
    )
  },
})

export const changesTheEnd: Check = defineCheck({
  id: 'extension',
  title: 'Solo cambia el .csv del final',
  points: 2,
  needs: [mirrorsFolders.id],
  hints: [
    '¿Qué hace replace(".csv", "") si la carpeta también se llama algo .csv?',
    'replace con un texto cambia la *primera* vez que aparece, esté donde esté. Corta por el final: slice con un número negativo, o una expresión regular con $.',
    "key.slice('raw/'.length, -'.csv'.length)",
  ],
  look: async lab => {
    const bucket = await createBucket(lab, 'extension')
    const name = plainName(lab.random)
    for (const key of [`raw/${name}.csv.d/${name}.csv`, `raw/copia/${name}.csv.csv`]) {
      await expectMirrored(lab, bucket, key)
    }
  },
})

export const decodesKeys: Check = defineCheck({
  id: 'codificadas',
  title: 'Entiende keys con espacios, +, % y acentos',
  points: 4,
  needs: [returnsOutcome.id],
  hints: [
    'En el evento, «mi informe+1.csv» llega como «mi+informe%2B1.csv». ¿Cómo se vuelve atrás?',
    'La key viene codificada como un campo de formulario: los espacios son + y lo demás, %XX. decodeURIComponent solo deshace los %XX: los + hay que cambiarlos antes, porque después ya no se sabe cuáles eran un + de verdad.',
    "decodeURIComponent(key.replaceAll('+', ' '))",
  ],
  look: async lab => {
    const bucket = await createBucket(lab, 'codificadas')
    const keys = [
      `raw/mi informe ${lab.random.hex(2)}.csv`,
      `raw/a+b ${lab.random.hex(2)}/100% c%20d.csv`,
      `raw/${mostAwkwardName(lab.random)}.csv`,
      `raw/${awkwardName(lab.random)}/${awkwardName(lab.random)}.csv`,
    ]
    for (const key of keys) await expectMirrored(lab, bucket, key)
  },
})

export const acceptsCapitals: Check = defineCheck({
  id: 'mayusculas',
  title: 'Un .CSV en mayúsculas también es un CSV',
  points: 2,
  needs: [returnsOutcome.id],
  hints: [
    '¿Cómo nombra los archivos la hoja de cálculo de tu oficina?',
    'endsWith(".csv") distingue mayúsculas. Compara en minúsculas, o con una expresión regular con la i de «ignorar».',
    '/\\.csv$/i.test(key)',
  ],
  look: async lab => {
    const bucket = await createBucket(lab, 'mayusculas')
    await expectMirrored(lab, bucket, `raw/${plainName(lab.random)}.CSV`)
  },
})

export const ignoresOthers: Check = defineCheck({
  id: 'ignora',
  title: 'Lo que no es un CSV creado en raw/ va al log y a nada más',
  points: 3,
  needs: [writesParquet.id],
  hints: [
    '¿Qué debe hacer la función con un borrado, con un .txt o con algo de processed/?',
    'Solo cuentan los eventos cuyo eventName empieza por ObjectCreated: y las keys que empiezan por raw/ y acaban en .csv. Lo demás se escribe en el log, y no está en lo que devuelve. Un evento de prueba de S3 no trae Records.',
    "if (destino === undefined || !eventName.startsWith('ObjectCreated:')) { console.log('ignorado: …'); continue }",
  ],
  look: async lab => {
    const bucket = await createBucket(lab, 'ignora')
    const drafts = ignoredRecords(bucket, plainName(lab.random))
    const csv = createSalesCsv(lab.random)
    await upload(
      lab,
      drafts.map(({ key }) => ({ bucket, key, bytes: csv })),
    )
    const { name, logsLine: tryIt } = await deployGraded(lab, usual)
    for (const draft of drafts) {
      const what = `${draft.name} de «${draft.key}»`
      const invocation = await send(lab, [draft])
      const evidence = { expected: `${what} se ignora: devuelve []`, tryIt }
      if (invocation.kind !== 'value') refuseClaim(invocation, evidence)
      if (showJson(invocation.value) !== '[]') refuse({ ...evidence, found: showJson(invocation.value) })
      if (ownLogLines(invocation.log).some(line => line.includes(draft.key))) continue
      refuse({ expected: `el log dice que ignoró «${draft.key}»`, found: 'el log no la nombra', tryIt })
    }
    const test = await lab.functions.invoke(name, createTestEvent(bucket))
    if (test.kind !== 'value')
      refuseClaim(test, { expected: 'un s3:TestEvent, sin Records, se ignora', tryIt })
    await expectOnly(lab, bucket, [...new Set(drafts.map(({ key }) => key))])
  },
})

function ignoredRecords(bucket: string, name: string): Required<RecordDraft>[] {
  const put = 'ObjectCreated:Put'
  return [
    { bucket, key: `raw/${name}.txt`, name: put, size: 9 },
    { bucket, key: `otro/${name}.csv`, name: put, size: 9 },
    { bucket, key: `raw-viejo/${name}.csv`, name: put, size: 9 },
    { bucket, key: `processed/${name}.csv`, name: put, size: 9 },
    { bucket, key: `raw/${name}.csv.gz`, name: put, size: 9 },
    { bucket, key: `raw/${name}.csv`, name: 'ObjectRemoved:Delete', size: 0 },
  ]
}
