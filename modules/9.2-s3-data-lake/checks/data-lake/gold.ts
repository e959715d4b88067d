import type { Check } from '../../../../src/course/check.ts'
import type { Lab } from '../../../../src/course/lab.ts'
import { shellWord } from '../grader-s3/shell.ts'
import {
  aggregateSilver,
  callStudent,
  createSource,
  defineCheck,
  type GoldRequest,
  goldDestination,
  refuseDifference,
  showSourceLine,
} from './lake.ts'
import { aggregate, cleanCsv, type GoldTable, type Metrics } from './oracle.ts'
import type { ParquetContent } from './parquet-reader.ts'
import { createSalesCsv, otherNames, type SalesNames, usualNames } from './sales.ts'
import { tableOf } from './silver-text.ts'
import { typesNumbers } from './silver-types.ts'
import type { Table } from './table.ts'
import {
  describeCellDifference,
  describeNameDifference,
  describeRowDifference,
  describeTypeDifference,
} from './table-difference.ts'

const usualMetrics: Metrics = { [usualNames.amount]: ['sum', 'mean', 'count'] }

/** Plata of sales that the student cleaned, and the oracle's. */
export interface SalesSilver {
  readonly bucket: string
  /** Below `processed/`. */
  readonly origin: string
  readonly table: Table
}

/** Lets the student clean generated sales that have nothing to clean. */
export async function createSalesSilver(lab: Lab, names: SalesNames = usualNames): Promise<SalesSilver> {
  const bytes = createSalesCsv(lab.random, names)
  const source = await createSource(lab, { purpose: 'ventas', bytes })
  await callStudent(lab, {
    name: 'limpiarPlata',
    args: [source.bucket, source.origin, source.destination],
    expected: `processed/${source.destination}`,
    tryIt: showSourceLine(source),
  })
  return { bucket: source.bucket, origin: source.destination, table: tableOf(cleanCsv(bytes)) }
}

/** Oro as the student left it and as it must be. */
export interface GoldComparison {
  readonly content: ParquetContent
  readonly expected: GoldTable
  /** The `aws` line that shows it. */
  readonly tryIt: string
}

/** Lets the student aggregate Plata. */
export async function requestGold(
  lab: Lab,
  { bucket, origin, table }: SalesSilver,
  { group, metrics }: Pick<GoldRequest, 'group' | 'metrics'>,
): Promise<GoldComparison> {
  const request = { bucket, origin, group, metrics }
  const content = await aggregateSilver(lab, request)
  const key = `curated/${goldDestination(request)}`
  const tryIt = `s3 cp ${shellWord(`s3://${bucket}/${key}`)} oro.parquet`
  return { content, expected: aggregate(table, group, metrics), tryIt }
}

/** Ends the check where names, rows or values differ; types are another check's. */
export function refuseGoldValues({ content, expected, tryIt }: GoldComparison): void {
  refuseDifference(
    describeNameDifference(expected, content) ??
      describeRowDifference(expected, content) ??
      describeCellDifference(expected, content),
    tryIt,
  )
}

export const groupsInOrder: Check = defineCheck({
  id: 'oro-grupos',
  title: 'Oro tiene una fila por grupo, en orden',
  points: 2,
  needs: [typesNumbers.id],
  hints: [
    '¿De dónde salen los nombres de los grupos: de tu programa o de los datos? ¿Va 10 antes que 9?',
    'Junta las filas con un Map cuya clave es el valor de la columna grupo. Para ordenar, compara los valores con <: los números van por su valor y los textos por unidad de código. sort() sin función compara textos, y localeCompare usa otro orden.',
    '[...filasPorClave].sort(([una], [otra]) => (una < otra ? -1 : 1))',
  ],
  look: async lab => {
    const silver = await createSalesSilver(lab)
    for (const group of [usualNames.category, 'sucursal']) {
      const { content, expected, tryIt } = await requestGold(lab, silver, { group, metrics: usualMetrics })
      const groups = { ...expected, columns: expected.columns.filter(({ name }) => name === group) }
      const found = { ...content, columns: content.columns.filter(({ name }) => name === group) }
      refuseDifference(
        describeNameDifference(groups, found) ??
          describeRowDifference(groups, found) ??
          describeCellDifference(groups, found),
        tryIt,
      )
    }
  },
})

export const computesMetrics: Check = defineCheck({
  id: 'oro-metricas',
  title: 'sum, mean y count de cada grupo',
  points: 3,
  needs: [groupsInOrder.id],
  hints: [
    'La media de un grupo, ¿entre cuántas filas se divide?',
    'Cada columna se llama <columna>_<agregado>: monto_sum, monto_mean, monto_count. La media es la suma del grupo entre las filas de ese grupo; los importes negativos también cuentan.',
    'const suma = valores.reduce((total, valor) => total + valor, 0); mean = suma / valores.length; count = valores.length, con los valores de un solo grupo',
  ],
  look: async lab => {
    const silver = await createSalesSilver(lab)
    refuseGoldValues(await requestGold(lab, silver, { group: usualNames.category, metrics: usualMetrics }))
  },
})

export const takesParameters: Check = defineCheck({
  id: 'oro-parametros',
  title: 'El grupo y las métricas son parámetros',
  points: 1,
  needs: [computesMetrics.id],
  hints: [
    '¿Sirve tu función si mañana piden las piezas por agente en lugar del monto por categoría?',
    'grupo es el nombre de una columna; métricas es un objeto { columna: agregados }, que puede traer varias columnas y solo algunos agregados. Recórrelo con Object.entries.',
    "for (const [metrica, agregados] of Object.entries(metricas)) for (const agregado of agregados) oro[metrica + '_' + agregado] = …",
  ],
  look: async lab => {
    const names = otherNames(lab.random)
    const silver = await createSalesSilver(lab, names)
    const metrics: Metrics = { [names.quantity]: ['sum'], [names.amount]: ['count', 'mean'] }
    refuseGoldValues(await requestGold(lab, silver, { group: names.seller, metrics }))
  },
})

export const typesGold: Check = defineCheck({
  id: 'oro-tipos',
  title: 'Los tipos de Oro: el grupo conserva el suyo, count es INT64',
  points: 2,
  needs: [computesMetrics.id],
  hints: [
    '¿Puede haber 2,5 ventas? ¿Y de qué tipo era la columna por la que agrupas?',
    'La columna del grupo guarda el tipo que tiene en Plata; count es INT64; mean es DOUBLE; la suma de una columna DOUBLE es DOUBLE. En apache-arrow, un INT64 se hace con BigInt y new Int64().',
    'vectorFromArray(cuentas.map(BigInt), new Int64()) para count; new Float64() para mean y sum',
  ],
  look: async lab => {
    const silver = await createSalesSilver(lab)
    for (const group of [usualNames.category, 'sucursal']) {
      const metrics = { [usualNames.quantity]: ['sum', 'mean', 'count'], ...usualMetrics } as const
      const { content, expected, tryIt } = await requestGold(lab, silver, { group, metrics })
      refuseDifference(
        describeNameDifference(expected, content) ?? describeTypeDifference(expected, content),
        tryIt,
      )
    }
  },
})
