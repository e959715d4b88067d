import type { Check } from '../../../../src/course/check.ts'
import type { Lab } from '../../../../src/course/lab.ts'
import { describeEnd, programFailure } from '../../../9.1-introduccion/checks/program-evidence.ts'
import { defineCheck, refuse, refuseFinding } from '../../../9.2-s3-data-lake/checks/data-lake/lake.ts'
import { countOf } from '../../../9.2-s3-data-lake/checks/grader-s3/spanish.ts'
import {
  type Deployment,
  expectMark,
  firstDeployment,
  prepare,
  refuseFailedRun,
  runDeployment,
  writeFunction,
} from './deploying.ts'
import { deploys } from './first.ts'
import { codePath, readFunction, roleOf } from './functions.ts'
import { withProxy } from './lambda-proxy.ts'
import { isForS3, readNotifications, readStatements } from './notifications.ts'
import { waitForZipClock } from './waiting.ts'

/** Ends the check unless there is one permission for S3 and one notification for the function. */
async function expectOnce(lab: Lab, { functionName, bucket }: Deployment): Promise<void> {
  const statements = (await readStatements(lab, functionName)).filter(isForS3)
  if (statements.length !== 1) {
    const tryIt = `lambda get-policy --function-name ${functionName} --query Policy --output text`
    refuse({ expected: 'un solo permiso para S3', found: countOf(statements.length, 'permiso'), tryIt })
  }
  const mine = (await readNotifications(lab, bucket)).filter(({ LambdaFunctionArn = '' }) =>
    LambdaFunctionArn.split(':').includes(functionName),
  )
  if (mine.length === 1) return
  const tryIt = `s3api get-bucket-notification-configuration --bucket ${bucket}`
  refuse({ expected: 'un solo aviso para la función', found: countOf(mine.length, 'aviso'), tryIt })
}

export const deploysTwice: Check = defineCheck({
  id: 'dos-veces',
  title: 'Desplegar dos veces lo mismo no falla ni repite nada',
  points: 2,
  needs: [deploys.id],
  hints: [
    'La función ya existe, el permiso también. ¿Qué contesta Lambda, y es eso un error para ti?',
    'CreateFunction y AddPermission contestan ResourceConflictException (409) si ya está. Con un StatementId y un Id que dependan solo de los nombres, la segunda vez son los mismos; con uno al azar, cada despliegue añade otro.',
    'catch (error) { if (!(error instanceof ResourceConflictException)) throw error }',
  ],
  look: async lab => {
    const first = firstDeployment(lab)
    await waitForZipClock(first.startedAt)
    await lab.touch(codePath, new Date(Date.now() - 86_400_000))
    refuseFailedRun(await runDeployment(lab, first), 'la segunda vez también termina con código 0')
    await expectOnce(lab, first)
  },
})

export const zipsTheSame: Check = defineCheck({
  id: 'reproducible',
  title: 'El mismo código da el mismo zip, byte a byte',
  points: 2,
  needs: [deploysTwice.id],
  hints: [
    '¿Qué guarda un zip de cada archivo, además de sus bytes?',
    'La fecha. Si es la de ahora, cada zip es distinto, CodeSha256 cambia y nadie puede decir si el código cambió. fflate acepta mtime: pon siempre la misma, desde 1980, que es lo más antiguo que un zip sabe escribir.',
    "zipSync({ 'index.js': [codigo, { mtime: new Date(1980, 0, 1) }] })",
  ],
  look: async lab => {
    const { functionName, codeHash } = firstDeployment(lab)
    const now = (await readFunction(lab, functionName))?.CodeSha256
    if (now === codeHash) return
    refuse({
      expected: `CodeSha256 ${codeHash}, como la primera vez`,
      found: `${now}`,
      tryIt: `lambda get-function-configuration --function-name ${functionName} --query CodeSha256`,
    })
  },
})

export const bringsNewCode: Check = defineCheck({
  id: 'codigo-nuevo',
  title: 'Si cambian el código o el rol, llegan los nuevos',
  points: 3,
  needs: [deploys.id],
  hints: [
    'Cambias una línea y despliegas. ¿Qué código corre? ¿Qué hizo tu programa al ver que la función ya existía?',
    'Si ya existe hay que actualizarla: UpdateFunctionCode con el zip nuevo y, cuando acabe, UpdateFunctionConfiguration con el rol y lo demás. Entre uno y otro, waitUntilFunctionUpdatedV2.',
    'await lambda.send(new UpdateFunctionCodeCommand({ FunctionName, ZipFile: zip })), esperar, y new UpdateFunctionConfigurationCommand({ FunctionName, Role, … })',
  ],
  look: async lab => {
    const first = firstDeployment(lab)
    const mark = await writeFunction(lab)
    const role = roleOf(lab, 'taller-otro-rol')
    refuseFailedRun(await runDeployment(lab, { ...first, role }))
    await expectMark(lab, first.functionName, mark)
    await expectRole(lab, first.functionName, role)
  },
})

async function expectRole(lab: Lab, functionName: string, role: string): Promise<void> {
  const found = (await readFunction(lab, functionName))?.Role
  const tryIt = `lambda get-function-configuration --function-name ${functionName} --query Role`
  if (found !== role) refuse({ expected: `el rol nuevo, ${role}`, found: `${found}`, tryIt })
}

export const waits: Check = defineCheck({
  id: 'espera',
  title: 'Espera a que termine cada cambio, preguntando',
  points: 3,
  needs: [bringsNewCode.id],
  hints: [
    '¿Cuánto tarda Lambda en cambiar el código de una función? ¿Y mañana, con otra más grande?',
    'Mientras LastUpdateStatus es InProgress, otro cambio contesta ResourceConflictException. waitUntilFunctionUpdatedV2 pregunta hasta que acaba; un setTimeout fijo acierta hasta que deja de acertar.',
    'await waitUntilFunctionUpdatedV2({ client: lambda, maxWaitTime: 120 }, { FunctionName }) después de cada cambio',
  ],
  look: async lab => {
    const first = firstDeployment(lab)
    const mark = await writeFunction(lab)
    const role = roleOf(lab, 'taller-rol-lento')
    const expected = 'espera a que cada cambio de la función haya terminado antes de seguir'
    await withProxy(lab, { pollsOfAChange: 2 }, async proxy => {
      const { endpoint } = proxy
      refuseFailedRun(await runDeployment(lab, { ...first, role, endpoint }), expected)
      await expectMark(lab, first.functionName, mark)
      await expectRole(lab, first.functionName, role)
      if (!proxy.isChanging()) return
      refuse({ expected, found: 'terminó con un cambio todavía en marcha', tryIt: 'lambda list-functions' })
    })
  },
})

export const deploysAtOnce: Check = defineCheck({
  id: 'a-la-vez',
  title: 'Dos despliegues a la vez terminan bien los dos',
  points: 2,
  needs: [waits.id],
  hints: [
    'Entre «¿existe?» y «créala», ¿qué puede hacer el otro despliegue?',
    'Crea primero y, si contesta ResourceConflictException, actualiza: así no hay hueco. Y si el otro tiene un cambio en marcha, ese mismo error significa «espera y vuelve a intentarlo», no «ya está hecho».',
    'Un bucle: esperar, intentar el cambio y, si es ResourceConflictException, otra vuelta (con un número máximo de intentos)',
  ],
  look: async lab => {
    const deployment = await prepare(lab, 'a-la-vez')
    const mark = await writeFunction(lab)
    const runs = await Promise.all([runDeployment(lab, deployment), runDeployment(lab, deployment)])
    for (const run of runs) refuseFailedRun(run, 'los dos terminan con código 0')
    await expectMark(lab, deployment.functionName, mark)
    await expectOnce(lab, deployment)
  },
})

export const reportsErrors: Check = defineCheck({
  id: 'errores',
  title: 'Un error que no es «ya existe» termina con código 1',
  points: 3,
  needs: [deploys.id],
  hints: [
    'Si te falta un permiso de AWS y el programa dice que todo fue bien, ¿cuándo te enteras?',
    'Tolera solo lo que esperas: ResourceConflictException al crear, al cambiar y al dar el permiso. AccessDenied, o no poder leer los avisos del bucket, no son «no hay»: si sigues, escribes encima de lo que no pudiste leer.',
    'En cada catch, if (!(error instanceof ResourceConflictException)) throw error; al leer los avisos, ningún catch',
  ],
  look: async lab => {
    await writeFunction(lab)
    const refusals = [
      {
        what: 'AddPermission',
        method: 'POST',
        path: /\/policy(\?|$)/,
        status: 403,
        code: 'AccessDeniedException',
      },
      {
        what: 'GetBucketNotificationConfiguration',
        method: 'GET',
        path: /[?&]notification/,
        status: 403,
        code: 'AccessDenied',
      },
    ]
    await Promise.all(
      refusals.map(({ what, ...refusal }) =>
        withProxy(lab, { refusals: [refusal] }, async ({ endpoint, calls }) => {
          const deployment = await prepare(lab, 'errores')
          const result = await runDeployment(lab, { ...deployment, endpoint })
          const tryIt = `s3api get-bucket-notification-configuration --bucket ${deployment.bucket}`
          const expected = `si AWS niega ${what}, el programa termina con código 1`
          if (result.exitCode === 0 || result.exitCode === null) {
            refuseFinding(programFailure(result, { expected, found: describeEnd(result), tryIt }))
          }
          const written = calls.find(call => call.startsWith('PUT') && /[?&]notification/.test(call))
          if (written === undefined) return
          refuse({ expected: `${expected}, sin tocar los avisos`, found: 'los escribió', tryIt })
        }),
      ),
    )
  },
})
