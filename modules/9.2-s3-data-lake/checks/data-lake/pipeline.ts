import type { Check } from '../../../../src/course/check.ts'
import type { Lab, ProgramResult } from '../../../../src/course/lab.ts'
import { describeByteDifference } from '../grader-s3/compare.ts'
import { listKeys, readObject } from '../grader-s3/objects.ts'
import { headObjectLine, listLine } from '../grader-s3/shell.ts'
import { quoteSome } from '../grader-s3/spanish.ts'
import { createDirtyJson } from './dirty-shape.ts'
import { computesMetrics } from './gold.ts'
import { callStudent, defineCheck, describeKeys, readLayer, refuse, refuseDifference } from './lake.ts'
import { aggregate, cleanCsv, cleanJson } from './oracle.ts'
import { createSalesCsv, usualNames } from './sales.ts'
import { tableOf } from './silver-text.ts'
import { readsJson } from './silver-types.ts'
import { describeTableDifference, type ExpectedTable } from './table-difference.ts'

const metrics = { [usualNames.amount]: ['sum', 'mean', 'count'] } as const

export const leavesNothingElse: Check = defineCheck({
  id: 'sin-restos',
  title: 'En el bucket no queda nada más',
  points: 1,
  needs: [computesMetrics.id],
  hints: [
    'Si dejas un archivo de trabajo en raw/, ¿quién lo borrará? ¿Qué pensará quien lo encuentre?',
    'Cada etapa escribe un objeto: raw/<destino>, processed/<destino>, curated/<destino>. Lo que necesites a medias, en memoria.',
    'Un solo PutObjectCommand por función, y con la clave de su capa',
  ],
  look: async lab => {
    const bucket = lab.name('taller-entero')
    const tryIt = listLine(bucket)
    const bytes = createSalesCsv(lab.random)
    const file = await lab.writeFile('entrada/ventas.csv', bytes)
    const run = (name: string, ...args: unknown[]): Promise<unknown> =>
      callStudent(lab, { name, args: [bucket, ...args], expected: `${name} termina`, tryIt })
    await run('crearEstructura')
    await run('ingestarBronce', file, 'ventas.csv')
    await run('limpiarPlata', 'ventas.csv', 'ventas.parquet')
    await run('agregarOro', 'ventas.parquet', 'kpis.parquet', usualNames.category, metrics)

    await refuseOtherKeys(lab, bucket, ['curated/kpis.parquet', 'processed/ventas.parquet', 'raw/ventas.csv'])
    const found = describeByteDifference(bytes, await readObject(lab, bucket, 'raw/ventas.csv'))
    if (found !== undefined) refuse({ expected: 'raw/ventas.csv sigue como llegó', found, tryIt })
  },
})

/** Ends the check unless the bucket holds these keys, and perhaps the layers' empty markers. */
async function refuseOtherKeys(lab: Lab, bucket: string, wanted: readonly string[]): Promise<void> {
  const found = (await listKeys(lab, bucket)).filter(key => !['raw/', 'processed/', 'curated/'].includes(key))
  const missing = wanted.filter(key => !found.includes(key))
  const extra = found.filter(key => !wanted.includes(key))
  if (missing.length === 0 && extra.length === 0) return
  refuse({
    expected: `solo ${quoteSome(wanted, wanted.length)}`,
    found: extra.length > 0 ? `también ${quoteSome(extra, 4)}` : describeKeys(found),
    tryIt: listLine(bucket),
  })
}

const program = {
  salesFile: 'datos/ventas_ejemplo.csv',
  customersFile: 'datos/clientes.json',
  rawSales: 'raw/ventas_2024.csv',
  rawCustomers: 'raw/clientes.json',
  silverSales: 'processed/ventas.parquet',
  silverCustomers: 'processed/clientes.parquet',
  gold: 'curated/kpis_categoria.parquet',
} as const

export const runsProgram: Check = defineCheck({
  id: 'programa',
  title: 'El programa lleva los dos orígenes hasta el final',
  points: 2,
  needs: [computesMetrics.id, readsJson.id],
  hints: [
    '¿Qué hace el archivo cuando lo ejecutas tú, con BUCKET en el entorno?',
    `main lee BUCKET y lleva ${program.salesFile} a ${program.rawSales}, ${program.silverSales} y ${program.gold}; y ${program.customersFile} a ${program.rawCustomers} y ${program.silverCustomers}. Si todo va bien, termina con 0.`,
    'El main que venía en el archivo ya lo hace: compara con npm run exercise 9.2.3 diff',
  ],
  look: async lab => {
    const bucket = lab.name('taller-programa')
    const sales = createSalesCsv(lab.random)
    const customers = createDirtyJson(lab.random)
    await lab.writeFile(program.salesFile, sales)
    await lab.writeFile(program.customersFile, customers)
    const tryIt = listLine(bucket)
    refuseFailedRun(await lab.student.program({ env: { BUCKET: bucket } }), tryIt)
    await refuseOtherKeys(lab, bucket, [
      program.rawSales,
      program.rawCustomers,
      program.silverSales,
      program.silverCustomers,
      program.gold,
    ])
    await refuseOtherBytes(lab, { bucket, key: program.rawSales, bytes: sales })
    await refuseOtherBytes(lab, { bucket, key: program.rawCustomers, bytes: customers })
    const silver = tableOf(cleanCsv(sales))
    await refuseOtherTable(lab, { bucket, key: program.silverSales, table: silver })
    await refuseOtherTable(lab, {
      bucket,
      key: program.silverCustomers,
      table: tableOf(cleanJson(customers)),
    })
    const gold = aggregate(silver, usualNames.category, metrics)
    await refuseOtherTable(lab, { bucket, key: program.gold, table: gold })
  },
})

function refuseFailedRun({ exitCode, stderr, timedOut, compileError }: ProgramResult, tryIt: string): void {
  if (exitCode === 0) return
  const error =
    compileError ?? stderr.split('\n').find(line => /\w*Error\b.*:/.test(line)) ?? stderr.split('\n', 1)[0]
  const found = timedOut
    ? 'no terminó a tiempo'
    : `código ${exitCode ?? 'ninguno'}: ${error === '' ? 'sin mensaje' : error}`
  refuse({ expected: 'el programa, con BUCKET en el entorno, termina con código 0', found, tryIt })
}

interface Place {
  readonly bucket: string
  readonly key: string
}

async function refuseOtherBytes(
  lab: Lab,
  { bucket, key, bytes }: Place & { readonly bytes: Buffer },
): Promise<void> {
  const found = describeByteDifference(bytes, await readObject(lab, bucket, key))
  if (found !== undefined)
    refuse({ expected: `${key} igual que su archivo`, found, tryIt: headObjectLine(bucket, key) })
}

async function refuseOtherTable(
  lab: Lab,
  { bucket, key, table }: Place & { readonly table: ExpectedTable },
): Promise<void> {
  const difference = describeTableDifference(table, await readLayer(lab, bucket, key))
  if (difference === undefined) return
  refuseDifference({ ...difference, expected: `${key}, ${difference.expected}` }, headObjectLine(bucket, key))
}
