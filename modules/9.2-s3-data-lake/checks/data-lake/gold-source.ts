import type { Random } from '../../../../src/core/random.ts'
import type { Check } from '../../../../src/course/check.ts'
import { putObjects } from '../grader-s3/objects.ts'
import { computesMetrics, createSalesSilver, refuseGoldValues, requestGold } from './gold.ts'
import { defineCheck } from './lake.ts'
import { writeParquet } from './parquet-writer.ts'
import { usualNames } from './sales.ts'
import type { Table } from './table.ts'
import { times } from './words.ts'

export const readsSilverBack: Check = defineCheck({
  id: 'oro-desde-plata',
  title: 'Oro sale de la Plata que hay en S3 en ese momento',
  points: 2,
  needs: [computesMetrics.id],
  hints: [
    'Si alguien corrige processed/ y vuelve a pedir Oro, ¿qué tendría que salir?',
    'agregarOro lee processed/<origen> de S3 cada vez: ni raw/, ni una variable que dejó limpiarPlata. parquetReadObjects de hyparquet devuelve las filas de un Parquet, y parquetMetadata su esquema. (parquetjs-lite 0.8.7 no sabe leer un TIMESTAMP: si lees con ella, pide solo las columnas que usas.)',
    "const plata = await leerParquet(await leerObjeto(s3, bucket, 'processed/' + origen))",
  ],
  look: async lab => {
    const silver = await createSalesSilver(lab)
    const metrics = { [usualNames.amount]: ['sum', 'mean', 'count'] } as const
    refuseGoldValues(await requestGold(lab, silver, { group: usualNames.category, metrics }))

    const replaced = { ...silver, table: createOtherSilver(lab.random) }
    await putObjects(lab, silver.bucket, [[`processed/${silver.origin}`, await writeParquet(replaced.table)]])
    for (const group of [usualNames.category, 'dia']) {
      refuseGoldValues(await requestGold(lab, replaced, { group, metrics }))
    }
  },
})

/** Plata that no Bronce has, with a column of each type. */
function createOtherSilver(random: Random): Table {
  const rowCount = random.integer(12, 20)
  const epochDay = random.integer(19_000, 20_000)
  const categories = times(4, () => `corregida ${random.hex(3)}`)
  const cells = <T>(make: () => T): T[] => times(rowCount, make)
  return {
    rowCount,
    columns: [
      { name: usualNames.category, type: 'STRING', cells: cells(() => random.pick(categories)) },
      { name: 'dia', type: 'DATE', cells: cells(() => epochDay + random.integer(-3, 3)) },
      {
        name: 'registrado',
        type: 'TIMESTAMP',
        cells: cells(() => epochDay * 86_400_000 + random.integer(0, 9_999_999)),
      },
      { name: usualNames.quantity, type: 'INT64', cells: cells(() => BigInt(random.integer(-9, 99))) },
      { name: usualNames.amount, type: 'DOUBLE', cells: cells(() => random.integer(-50_000, 90_000) / 100) },
    ],
  }
}
