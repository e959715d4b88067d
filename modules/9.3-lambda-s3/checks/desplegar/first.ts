import type { Check } from '../../../../src/course/check.ts'
import { defineCheck, refuse } from '../../../9.2-s3-data-lake/checks/data-lake/lake.ts'
import { putObjects, readObject } from '../../../9.2-s3-data-lake/checks/grader-s3/objects.ts'
import { awkwardName, plainName } from '../../../9.2-s3-data-lake/checks/grader-s3/samples.ts'
import { listLine } from '../../../9.2-s3-data-lake/checks/grader-s3/shell.ts'
import { logsLine } from '../grader-lambda/invoking.ts'
import {
  expectMark,
  firstDeployment,
  prepare,
  refuseFailedRun,
  rememberFirst,
  runDeployment,
  writeFunction,
} from './deploying.ts'
import { codePath, connectOther, readFunction } from './functions.ts'
import { conditionOf, isForS3, readNotifications, readStatements, ruleOf } from './notifications.ts'
import { waitFor } from './waiting.ts'

export const deploys: Check = defineCheck({
  id: 'despliega',
  title: 'Crea la función, y su código corre',
  points: 4,
  hints: [
    '¿Qué pide CreateFunction además del código? ¿Dónde busca Lambda el archivo del handler dentro del zip?',
    'build de esbuild (bundle, platform node, format cjs, write false) da el código con sus paquetes dentro; zipSync de fflate lo mete en un zip. Con Handler index.handler, el archivo es index.js en la raíz del zip. Después: esperar a que esté activa, AddPermission y, lo último, el aviso del bucket.',
    "zipSync({ 'index.js': [codigo, { mtime: … }] }), CreateFunctionCommand con Role: rolArn, Handler: 'index.handler' y Code: { ZipFile: zip }, y waitUntilFunctionActiveV2",
  ],
  look: async lab => {
    const ownFunction = await lab.readFile(codePath)
    const deployment = await prepare(lab, 'despliegue')
    const otherArn = await connectOther(lab, deployment.bucket)
    const mark = await writeFunction(lab)
    const startedAt = Date.now()
    refuseFailedRun(await runDeployment(lab, deployment))
    const { functionName, role } = deployment
    const tryIt = `lambda get-function --function-name ${functionName}`
    const expected = `la función ${functionName}, con el rol ${role}`
    const found = await readFunction(lab, functionName)
    if (found === undefined) return refuse({ expected, found: 'no existe', tryIt: 'lambda list-functions' })
    if (found.Role !== role) refuse({ expected, found: `su rol es ${found.Role}`, tryIt })
    await expectMark(lab, functionName, mark)
    rememberFirst(lab, {
      ...deployment,
      mark,
      startedAt,
      otherArn,
      ownFunction,
      codeHash: found.CodeSha256 ?? '',
    })
  },
})

export const permits: Check = defineCheck({
  id: 'permiso',
  title: 'S3 puede llamarla, desde ese bucket y esa cuenta nada más',
  points: 3,
  needs: [deploys.id],
  hints: [
    'Sin condiciones, ¿quién más podría hacer que S3 llamara a tu función? ¿Y si otra persona crea mañana un bucket con ese nombre?',
    'AddPermission pone en la política de la función que s3.amazonaws.com puede hacer lambda:InvokeFunction. SourceArn dice de qué bucket y SourceAccount, de qué cuenta: el ARN de un bucket no lleva la cuenta, así que hacen falta las dos.',
    "new AddPermissionCommand({ …, Principal: 's3.amazonaws.com', SourceArn: 'arn:aws:s3:::' + bucket, SourceAccount: … })",
  ],
  look: async lab => {
    const { functionName, bucket } = firstDeployment(lab)
    const { accountId } = lab.connection
    const tryIt = `lambda get-policy --function-name ${functionName} --query Policy --output text`
    const arn = `arn:aws:s3:::${bucket}`
    const expected = `un permiso para s3.amazonaws.com con SourceArn ${arn} y SourceAccount ${accountId}`
    const statements = (await readStatements(lab, functionName)).filter(isForS3)
    if (statements.length === 0) refuse({ expected, found: 'ningún permiso para S3', tryIt })
    for (const statement of statements) {
      const source = conditionOf(statement, 'AWS:SourceArn')
      const account = conditionOf(statement, 'AWS:SourceAccount')
      if (source === arn && account === accountId) continue
      const found = `SourceArn ${source ?? 'no está'}, SourceAccount ${account ?? 'no está'}`
      refuse({ expected, found, tryIt })
    }
  },
})

export const notifies: Check = defineCheck({
  id: 'aviso',
  title: 'El bucket avisa de los .csv que se crean en raw/',
  points: 3,
  needs: [deploys.id],
  hints: [
    '¿De qué objetos quieres enterarte? ¿Qué pasaría si la función recibiera también los que ella misma escribe?',
    'PutBucketNotificationConfiguration lleva una LambdaFunctionConfiguration con el ARN, el evento s3:ObjectCreated:* (todos los modos de crear, también por partes) y un Filter con dos reglas: prefix y suffix.',
    "Filter: { Key: { FilterRules: [{ Name: 'prefix', Value: 'raw/' }, { Name: 'suffix', Value: '.csv' }] } }",
  ],
  look: async lab => {
    const { functionName, bucket } = firstDeployment(lab)
    const tryIt = `s3api get-bucket-notification-configuration --bucket ${bucket}`
    const expected = 's3:ObjectCreated:*, con prefijo raw/ y sufijo .csv, para tu función'
    const mine = (await readNotifications(lab, bucket)).filter(({ LambdaFunctionArn = '' }) =>
      LambdaFunctionArn.split(':').includes(functionName),
    )
    const [notification] = mine
    if (notification === undefined) return refuse({ expected, found: 'ningún aviso para ella', tryIt })
    const [events, prefix, suffix] = [
      (notification.Events ?? []).join(', '),
      ruleOf(notification, 'prefix'),
      ruleOf(notification, 'suffix'),
    ]
    if (mine.length === 1 && events === 's3:ObjectCreated:*' && prefix === 'raw/' && suffix === '.csv') return
    const found = `${mine.length === 1 ? '' : `${mine.length} avisos; el primero, `}${events}, prefijo ${prefix ?? 'ninguno'}, sufijo ${suffix ?? 'ninguno'}`
    refuse({ expected, found, tryIt })
  },
})

export const keepsOthers: Check = defineCheck({
  id: 'conserva',
  title: 'Los demás avisos del bucket siguen como estaban',
  points: 3,
  needs: [deploys.id],
  hints: [
    'El bucket ya avisaba a otra función. ¿Sigue avisándola después de tu despliegue?',
    'PutBucketNotificationConfiguration *sustituye* la configuración entera. Lee primero la que hay con GetBucketNotificationConfiguration, y escribe la suma: lo de los demás y lo tuyo. También puede haber colas y temas.',
    'const { $metadata: _, LambdaFunctionConfigurations = [], ...otros } = await s3.send(new GetBucketNotificationConfigurationCommand(…)), y escribir { ...otros, LambdaFunctionConfigurations: [...ajenos, aviso] }',
  ],
  look: async lab => {
    const { bucket, otherArn } = firstDeployment(lab)
    const other = (await readNotifications(lab, bucket)).find(each => each.LambdaFunctionArn === otherArn)
    const evidence = {
      expected: 'el aviso que el bucket ya tenía (entrada/, s3:ObjectRemoved:*)',
      tryIt: `s3api get-bucket-notification-configuration --bucket ${bucket}`,
    }
    if (other === undefined) return refuse({ ...evidence, found: 'ya no está' })
    const [prefix, events] = [ruleOf(other, 'prefix'), other.Events?.join(', ')]
    if (prefix === 'entrada/' && events === 's3:ObjectRemoved:*') return
    refuse({ ...evidence, found: `cambió: prefijo ${prefix ?? 'ninguno'}, ${events}` })
  },
})

export const fires: Check = defineCheck({
  id: 'dispara',
  title: 'Subir un CSV a raw/ llama a la función',
  points: 3,
  needs: [notifies.id, permits.id],
  hints: [
    'Subes un CSV y no pasa nada. ¿Quién tenía que llamar a quién, y con permiso de quién?',
    'S3 llama a la función de forma asíncrona: mira su log. Si no hay ninguna línea, S3 no la llamó (el aviso o el permiso); si las hay, falló ella.',
    'npx awslocal logs tail /aws/lambda/<función> te dice cuál de las dos',
  ],
  look: async lab => {
    const { bucket, functionName, mark } = firstDeployment(lab)
    const keys = [
      `raw/${plainName(lab.random)}.csv`,
      `raw/${awkwardName(lab.random)}/${plainName(lab.random)}.csv`,
    ]
    await putObjects(
      lab,
      bucket,
      keys.map(key => [key, 'a\n1\n']),
    )
    const read = (key: string): Promise<Buffer | undefined> => readObject(lab, bucket, `disparos/${key}`)
    await waitFor(lab, async () => (await Promise.all(keys.map(read))).every(body => body !== undefined))
    for (const key of keys) {
      if ((await read(key))?.toString() === mark) continue
      const expected = `S3 llama a la función por «${key}»`
      refuse({ expected, found: 'no la llamó', tryIt: logsLine(functionName) })
    }
  },
})

export const staysQuiet: Check = defineCheck({
  id: 'no-dispara',
  title: 'Ni un .txt de raw/ ni un .csv de otro sitio la llaman',
  points: 2,
  needs: [fires.id],
  hints: [
    '¿Cuántas invocaciones pagas si subes mil imágenes al mismo bucket?',
    'Las dos reglas del filtro se cumplen a la vez: prefix y suffix. Sin una de ellas, la función corre para nada, o peor: por lo que ella misma escribe.',
    'FilterRules con las dos: prefix raw/ y suffix .csv',
  ],
  look: async lab => {
    const { bucket } = firstDeployment(lab)
    const name = plainName(lab.random)
    const quiet = [`raw/${name}.txt`, `otro/${name}.csv`, `raw-2/${name}.csv`, `raw/${name}.csv.bak`]
    await putObjects(
      lab,
      bucket,
      quiet.map(key => [key, 'a\n1\n']),
    )
    // What comes after them and does call it shows when to look.
    const last = `raw/${name}-ultimo.csv`
    await putObjects(lab, bucket, [[last, 'a\n1\n']])
    const read = (key: string): Promise<Buffer | undefined> => readObject(lab, bucket, `disparos/${key}`)
    await waitFor(lab, async () => (await read(last)) !== undefined)
    for (const key of quiet) {
      if ((await read(key)) === undefined) continue
      refuse({
        expected: `«${key}» no llama a la función`,
        found: 'la llamó',
        tryIt: listLine(bucket, 'disparos/'),
      })
    }
  },
})
