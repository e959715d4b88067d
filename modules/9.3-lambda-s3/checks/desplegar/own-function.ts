import type { Check } from '../../../../src/course/check.ts'
import { defineCheck, readLayer, refuseDifference } from '../../../9.2-s3-data-lake/checks/data-lake/lake.ts'
import { createSalesCsv } from '../../../9.2-s3-data-lake/checks/data-lake/sales.ts'
import { describeTableDifference } from '../../../9.2-s3-data-lake/checks/data-lake/table-difference.ts'
import { putObjects, readObject } from '../../../9.2-s3-data-lake/checks/grader-s3/objects.ts'
import { plainName } from '../../../9.2-s3-data-lake/checks/grader-s3/samples.ts'
import { logsLine } from '../grader-lambda/invoking.ts'
import { destinationOf, tableOfCsv } from '../procesar-csv/processing.ts'
import { firstDeployment, prepare, refuseFailedRun, runDeployment } from './deploying.ts'
import { fires } from './first.ts'
import { codePath } from './functions.ts'
import { waitFor } from './waiting.ts'

export const runsTheWholePipeline: Check = defineCheck({
  id: 'de-punta-a-punta',
  title: 'Con tu procesar-csv: entra un CSV, sale un Parquet',
  points: 2,
  needs: [fires.id],
  hints: [
    'Esta vez se despliega tu función de 9.3.2, no una de prueba. ¿Ya pasa sus comprobaciones?',
    'Si 9.3.2 está en verde y esto no, mira el log de la función: puede faltarle tiempo (Timeout) o memoria (MemorySize), o un paquete en el bundle.',
    'Timeout: 60 y MemorySize: 256 le bastan a la de referencia',
  ],
  look: async lab => {
    const { ownFunction } = firstDeployment(lab)
    await lab.writeFile(codePath, ownFunction ?? '')
    const deployment = await prepare(lab, 'completo')
    refuseFailedRun(await runDeployment(lab, deployment))
    const { bucket, functionName } = deployment
    const key = `raw/${plainName(lab.random)}/${plainName(lab.random)}.csv`
    const bytes = createSalesCsv(lab.random)
    await putObjects(lab, bucket, [[key, bytes]])
    await waitFor(lab, async () => (await readObject(lab, bucket, destinationOf(key))) !== undefined)
    const content = await readLayer(lab, bucket, destinationOf(key))
    refuseDifference(describeTableDifference(tableOfCsv(bytes), content), logsLine(functionName))
  },
})
