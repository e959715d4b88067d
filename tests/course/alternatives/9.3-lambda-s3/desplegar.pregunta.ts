/** 9.3.3 preguntando antes de crear, con un sondeo propio y todo en un archivo llamado de otra manera. */
import { setTimeout as pausa } from 'node:timers/promises'
import {
  AddPermissionCommand,
  CreateFunctionCommand,
  GetFunctionConfigurationCommand,
  GetPolicyCommand,
  LambdaClient,
  LambdaServiceException,
  UpdateFunctionCodeCommand,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda'
import {
  GetBucketNotificationConfigurationCommand,
  PutBucketNotificationConfigurationCommand,
  S3Client,
} from '@aws-sdk/client-s3'
import * as esbuild from 'esbuild'
import { strToU8, zipSync } from 'fflate'

const { BUCKET: Bucket = '', FUNCION: FunctionName = '', ROL_ARN: Role = '' } = process.env
const lambda = new LambdaClient({})
const s3 = new S3Client({ forcePathStyle: process.env.AWS_ENDPOINT_URL !== undefined })

const esEstado = (error: unknown, estado: number): boolean =>
  error instanceof LambdaServiceException && error.$metadata.httpStatusCode === estado

async function crearZip(): Promise<Uint8Array> {
  const { outputFiles } = await esbuild.build({
    stdin: {
      contents: "export { handler } from './lambdas/procesar-csv/index'",
      resolveDir: process.cwd(),
      loader: 'ts',
    },
    bundle: true,
    minify: true,
    platform: 'node',
    format: 'cjs',
    target: ['node20'],
    write: false,
    legalComments: 'none',
  })
  const codigo = outputFiles.map(({ text }) => text).join('')
  return zipSync({ 'main.js': strToU8(codigo) }, { mtime: new Date(2000, 5, 1), level: 9 })
}

/** El ARN de la función cuando ya no cambia; `undefined` si no existe. */
async function quieta(): Promise<string | undefined> {
  const limite = Date.now() + 60_000
  while (Date.now() < limite) {
    try {
      const { State, LastUpdateStatus, FunctionArn } = await lambda.send(
        new GetFunctionConfigurationCommand({ FunctionName }),
      )
      if (State === 'Failed' || LastUpdateStatus === 'Failed')
        throw new Error(`${FunctionName} no se pudo preparar`)
      if (State !== 'Pending' && LastUpdateStatus !== 'InProgress') return FunctionArn
    } catch (error) {
      if (!esEstado(error, 404)) throw error
      return undefined
    }
    await pausa(100)
  }
  throw new Error(`${FunctionName} sigue cambiando`)
}

async function insistir(cambiar: () => Promise<unknown>): Promise<string> {
  for (let quedan = 8; ; quedan--) {
    await quieta()
    try {
      await cambiar()
      return (await quieta()) ?? ''
    } catch (error) {
      if (!esEstado(error, 409) || quedan === 0) throw error
      await pausa(Math.random() * 200)
    }
  }
}

async function publicar(ZipFile: Uint8Array): Promise<string> {
  const configuracion = {
    Role,
    Handler: 'main.handler',
    Runtime: 'nodejs22.x',
    Timeout: 90,
    MemorySize: 512,
  } as const
  if ((await quieta()) === undefined) {
    try {
      await lambda.send(new CreateFunctionCommand({ FunctionName, ...configuracion, Code: { ZipFile } }))
      return (await quieta()) ?? ''
    } catch (error) {
      if (!esEstado(error, 409)) throw error
    }
  }
  await insistir(() => lambda.send(new UpdateFunctionCodeCommand({ FunctionName, ZipFile })))
  return insistir(() =>
    lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName, ...configuracion })),
  )
}

async function tienePermiso(StatementId: string): Promise<boolean> {
  try {
    const { Policy = '' } = await lambda.send(new GetPolicyCommand({ FunctionName }))
    return Policy.includes(`"${StatementId}"`)
  } catch (error) {
    if (esEstado(error, 404)) return false
    throw error
  }
}

async function permitir(arn: string): Promise<void> {
  const [, , , , SourceAccount] = arn.split(':')
  const StatementId = 'desde-s3'
  if (await tienePermiso(StatementId)) return
  try {
    await lambda.send(
      new AddPermissionCommand({
        FunctionName,
        StatementId,
        Action: 'lambda:InvokeFunction',
        Principal: 's3.amazonaws.com',
        SourceArn: `arn:aws:s3:::${Bucket}`,
        SourceAccount,
      }),
    )
  } catch (error) {
    if (!esEstado(error, 409)) throw error
  }
}

async function avisar(LambdaFunctionArn: string): Promise<void> {
  const actual = await s3.send(new GetBucketNotificationConfigurationCommand({ Bucket }))
  const ajenas = (actual.LambdaFunctionConfigurations ?? []).filter(
    una => una.LambdaFunctionArn !== LambdaFunctionArn,
  )
  const NotificationConfiguration = {
    TopicConfigurations: actual.TopicConfigurations,
    QueueConfigurations: actual.QueueConfigurations,
    EventBridgeConfiguration: actual.EventBridgeConfiguration,
    LambdaFunctionConfigurations: [
      {
        LambdaFunctionArn,
        Events: ['s3:ObjectCreated:*' as const],
        Filter: {
          Key: {
            FilterRules: [
              { Name: 'suffix' as const, Value: '.csv' },
              { Name: 'prefix' as const, Value: 'raw/' },
            ],
          },
        },
      },
      ...ajenas,
    ],
  }
  await s3.send(new PutBucketNotificationConfigurationCommand({ Bucket, NotificationConfiguration }))
}

const arn = await publicar(await crearZip())
await permitir(arn)
await avisar(arn)
