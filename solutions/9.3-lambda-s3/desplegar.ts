/**
 * 9.3.3 desplegar: pone en la nube la función `procesar-csv` y hace que S3 la llame cada vez que llega un CSV a `raw/`.
 *
 *   código → bundle → zip → función → permiso → aviso del bucket
 *
 * Se puede ejecutar las veces que haga falta, y también dos a la vez: cada paso deja las cosas como deben estar, las
 * encuentre como las encuentre. En otra terminal, con `npm run cloud` en marcha y el bucket creado:
 *
 *   export AWS_ENDPOINT_URL=http://127.0.0.1:4566 AWS_REGION=us-east-1 AWS_ACCESS_KEY_ID=test AWS_SECRET_ACCESS_KEY=test
 *   export BUCKET=datalake-curso FUNCION=procesar-csv ROL_ARN=arn:aws:iam::000000000000:role/lambda-role
 *   npx tsx exercises/9.3-lambda-s3/desplegar.ts
 */
import { pathToFileURL } from 'node:url'
import {
  AddPermissionCommand,
  CreateFunctionCommand,
  GetFunctionConfigurationCommand,
  LambdaClient,
  ResourceConflictException,
  UpdateFunctionCodeCommand,
  UpdateFunctionConfigurationCommand,
  waitUntilFunctionActiveV2,
  waitUntilFunctionUpdatedV2,
} from '@aws-sdk/client-lambda'
import {
  GetBucketNotificationConfigurationCommand,
  type LambdaFunctionConfiguration,
  PutBucketNotificationConfigurationCommand,
  S3Client,
} from '@aws-sdk/client-s3'
import { build } from 'esbuild'
import { zipSync } from 'fflate'

/** El código de la función. */
export const CODIGO = 'lambdas/procesar-csv/index.ts'

/** Qué se despliega y dónde. */
export interface Despliegue {
  bucket: string
  funcion: string
  rolArn: string
}

/** Lo que la función necesita para correr, aparte de su código. */
export const CONFIGURACION = {
  Runtime: 'nodejs22.x',
  Handler: 'index.handler',
  Timeout: 60,
  MemorySize: 256,
} as const

/** Cuánto se espera a Lambda, y cada cuánto se le pregunta, en segundos. */
const ESPERA = { maxWaitTime: 120, minDelay: 0.2, maxDelay: 5 }

/** El zip de la función: un solo archivo, `index.js`, con su código y el de los paquetes que usa. */
export async function empaquetar(entrada: string): Promise<Uint8Array> {
  // #region solucion empaquetar: con esbuild, un bundle CommonJS para Node; con fflate, un zip con el bundle como `index.js`
  //| el mismo código tiene que dar el mismo zip, byte a byte: pon a mano la fecha que el zip guarda de cada archivo
  //| sin `write`, esbuild da lo que iba a escribir; CommonJS, porque parquetjs-lite y otros paquetes viejos lo necesitan
  const { outputFiles } = await build({
    entryPoints: [entrada],
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    write: false,
  })
  const codigo = outputFiles[0]?.contents ?? new Uint8Array()
  return zipSync({ 'index.js': [codigo, { mtime: new Date(1980, 0, 1) }] })
  // #endregion
}

/** Crea la función o, si ya está, cambia su código y su configuración; devuelve su ARN. */
export async function publicar(
  lambda: LambdaClient,
  despliegue: Despliegue,
  zip: Uint8Array,
): Promise<string> {
  // #region solucion publicar: intenta crear la función; si ya existe (ResourceConflictException), actualizarFuncion(). Después, espera
  //| no preguntes antes si existe: entre la pregunta y la creación puede crearla otro
  //| devuelve el ARN cuando la función está activa: waitUntilFunctionActiveV2
  const { funcion, rolArn } = despliegue
  const nueva = { FunctionName: funcion, Role: rolArn, ...CONFIGURACION, Code: { ZipFile: zip } }
  try {
    await lambda.send(new CreateFunctionCommand(nueva))
  } catch (error) {
    if (!(error instanceof ResourceConflictException)) throw error
    await actualizarFuncion(lambda, despliegue, zip)
  }
  await waitUntilFunctionActiveV2({ client: lambda, ...ESPERA }, { FunctionName: funcion })
  const { FunctionArn } = await lambda.send(new GetFunctionConfigurationCommand({ FunctionName: funcion }))
  if (FunctionArn === undefined) throw new Error(`${funcion} no tiene ARN`)
  return FunctionArn
  // #endregion
}

/** Cambia el código de la función y después su configuración. */
async function actualizarFuncion(
  lambda: LambdaClient,
  despliegue: Despliegue,
  zip: Uint8Array,
): Promise<void> {
  // #region solucion actualizarFuncion: UpdateFunctionCode y después UpdateFunctionConfiguration, cada uno con enTurno()
  //| la configuración incluye el rol: también pudo cambiar
  const { funcion: FunctionName, rolArn: Role } = despliegue
  await enTurno(lambda, FunctionName, () =>
    lambda.send(new UpdateFunctionCodeCommand({ FunctionName, ZipFile: zip })),
  )
  await enTurno(lambda, FunctionName, () =>
    lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName, Role, ...CONFIGURACION })),
  )
  // #endregion
}

/** Hace un cambio en la función cuando no hay otro en marcha, y espera a que termine. */
async function enTurno(
  lambda: LambdaClient,
  funcion: string,
  cambiar: () => Promise<unknown>,
): Promise<void> {
  // #region solucion enTurno: espera a que la función esté activa y al día, haz el cambio y espera a que termine
  //| Lambda hace los cambios de uno en uno: si otro despliegue se adelantó (ResourceConflictException), vuelve a esperar
  //| waitUntilFunctionUpdatedV2 pregunta hasta que el último cambio ha terminado; nada de esperas fijas
  const intentos = 10
  const esperar = { client: lambda, ...ESPERA }
  for (let intento = 1; ; intento++) {
    await waitUntilFunctionActiveV2(esperar, { FunctionName: funcion })
    await waitUntilFunctionUpdatedV2(esperar, { FunctionName: funcion })
    try {
      await cambiar()
      break
    } catch (error) {
      if (!(error instanceof ResourceConflictException) || intento === intentos) throw error
    }
  }
  await waitUntilFunctionUpdatedV2(esperar, { FunctionName: funcion })
  // #endregion
}

/** Deja que S3 llame a la función, pero solo por ese bucket y solo si es de esta cuenta. */
export async function permitir(
  lambda: LambdaClient,
  { bucket, funcion }: Despliegue,
  arn: string,
): Promise<void> {
  // #region solucion permitir: AddPermission para s3.amazonaws.com, con SourceArn y SourceAccount; que ya esté no es un error
  //| un StatementId que dependa solo del bucket: así, repetirlo da ResourceConflictException y no otro permiso igual
  //| la cuenta es el quinto trozo del ARN de la función
  try {
    await lambda.send(
      new AddPermissionCommand({
        FunctionName: funcion,
        StatementId: `s3-${bucket.replaceAll('.', '-')}`,
        Action: 'lambda:InvokeFunction',
        Principal: 's3.amazonaws.com',
        SourceArn: `arn:aws:s3:::${bucket}`,
        SourceAccount: arn.split(':')[4],
      }),
    )
  } catch (error) {
    if (!(error instanceof ResourceConflictException)) throw error
  }
  // #endregion
}

/** Hace que el bucket avise a la función de cada CSV que llega a `raw/`; los demás avisos siguen como estaban. */
export async function conectar(s3: S3Client, { bucket, funcion }: Despliegue, arn: string): Promise<void> {
  // #region solucion conectar: lee los avisos que hay, cambia o añade el de esta función y escríbelos todos
  //| PutBucketNotificationConfiguration sustituye la configuración entera: lo que no lleve, se pierde
  //| prefijo `raw/`, sufijo `.csv`, eventos `s3:ObjectCreated:*`, y un Id que dependa solo de la función
  const {
    $metadata: _,
    LambdaFunctionConfigurations = [],
    ...otros
  } = await s3.send(new GetBucketNotificationConfigurationCommand({ Bucket: bucket }))
  const aviso: LambdaFunctionConfiguration = {
    Id: `${funcion}-csv`,
    LambdaFunctionArn: arn,
    Events: ['s3:ObjectCreated:*'],
    Filter: {
      Key: {
        FilterRules: [
          { Name: 'prefix', Value: 'raw/' },
          { Name: 'suffix', Value: '.csv' },
        ],
      },
    },
  }
  const ajenos = LambdaFunctionConfigurations.filter(({ Id }) => Id !== aviso.Id)
  await s3.send(
    new PutBucketNotificationConfigurationCommand({
      Bucket: bucket,
      NotificationConfiguration: { ...otros, LambdaFunctionConfigurations: [...ajenos, aviso] },
    }),
  )
  // #endregion
}

/** Lo que dice el entorno, o un error que nombra lo que falta. */
function leerEntorno({ BUCKET, FUNCION, ROL_ARN }: NodeJS.ProcessEnv): Despliegue {
  if (!BUCKET) throw new Error('falta la variable BUCKET, p. ej. BUCKET=datalake-curso')
  if (!FUNCION) throw new Error('falta la variable FUNCION, p. ej. FUNCION=procesar-csv')
  if (!ROL_ARN) throw new Error('falta la variable ROL_ARN, el rol con el que correrá la función')
  return { bucket: BUCKET, funcion: FUNCION, rolArn: ROL_ARN }
}

async function main(): Promise<void> {
  const despliegue = leerEntorno(process.env)
  const lambda = new LambdaClient()
  const s3 = new S3Client({ forcePathStyle: Boolean(process.env.AWS_ENDPOINT_URL) })

  const zip = await empaquetar(CODIGO)
  const arn = await publicar(lambda, despliegue, zip)
  // En este orden: S3 no acepta avisar a una función a la que no puede llamar.
  await permitir(lambda, despliegue, arn)
  await conectar(s3, despliegue, arn)
  console.log(`${arn} recibe los CSV que lleguen a s3://${despliegue.bucket}/raw/`)
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  await main()
}
