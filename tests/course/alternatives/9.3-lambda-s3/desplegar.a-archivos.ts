/** 9.3.3 pasando por archivos: el bundle se escribe en una carpeta temporal, y la cuenta la dice STS. */
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  AddPermissionCommand,
  CreateFunctionCommand,
  LambdaClient,
  ResourceConflictException,
  UpdateFunctionCodeCommand,
  UpdateFunctionConfigurationCommand,
  waitUntilFunctionActiveV2,
  waitUntilFunctionUpdatedV2,
} from '@aws-sdk/client-lambda'
import {
  type Event,
  GetBucketNotificationConfigurationCommand,
  PutBucketNotificationConfigurationCommand,
  S3Client,
} from '@aws-sdk/client-s3'
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts'
import { build } from 'esbuild'
import { zipSync } from 'fflate'

class Despliegue {
  readonly lambda = new LambdaClient({})
  readonly s3 = new S3Client(process.env.AWS_ENDPOINT_URL ? { forcePathStyle: true } : {})
  readonly bucket = leer('BUCKET')
  readonly nombre = leer('FUNCION')
  readonly rol = leer('ROL_ARN')

  async empaquetar(): Promise<Uint8Array> {
    const carpeta = await mkdtemp(join(tmpdir(), 'bundle-'))
    try {
      await build({
        entryPoints: { index: 'lambdas/procesar-csv/index.ts' },
        outdir: carpeta,
        bundle: true,
        platform: 'node',
        format: 'cjs',
        sourcemap: 'inline',
        logLevel: 'error',
      })
      const codigo = await readFile(join(carpeta, 'index.js'))
      return zipSync({ 'index.js': codigo }, { mtime: new Date(1990, 1, 1), os: 3 })
    } finally {
      await rm(carpeta, { recursive: true })
    }
  }

  /** Espera el turno, hace el cambio y espera a que acabe; si otro se adelanta, lo intenta otra vez. */
  async cambiar(
    orden: UpdateFunctionCodeCommand | UpdateFunctionConfigurationCommand,
    quedan = 20,
  ): Promise<void> {
    await this.esperar()
    try {
      await this.lambda.send(orden as UpdateFunctionCodeCommand)
    } catch (error) {
      if (error instanceof ResourceConflictException && quedan > 0) return this.cambiar(orden, quedan - 1)
      throw error
    }
    await this.esperar()
  }

  async esperar(): Promise<void> {
    const espera = { client: this.lambda, maxWaitTime: 60, minDelay: 0.1, maxDelay: 1 }
    await waitUntilFunctionActiveV2(espera, { FunctionName: this.nombre })
    await waitUntilFunctionUpdatedV2(espera, { FunctionName: this.nombre })
  }

  async publicar(ZipFile: Uint8Array): Promise<void> {
    const FunctionName = this.nombre
    const comun = { FunctionName, Role: this.rol, Handler: 'index.handler', Runtime: 'nodejs22.x' as const }
    const medida = { MemorySize: 256, Timeout: 60 }
    const creada = await this.tolerar(() =>
      this.lambda.send(new CreateFunctionCommand({ ...comun, ...medida, Code: { ZipFile } })),
    )
    if (creada) return this.esperar()
    await this.cambiar(new UpdateFunctionCodeCommand({ FunctionName, ZipFile }))
    await this.cambiar(new UpdateFunctionConfigurationCommand({ ...comun, ...medida }))
  }

  /** Si salió bien; que ya exista no es un error. */
  async tolerar(hacer: () => Promise<unknown>): Promise<boolean> {
    try {
      await hacer()
      return true
    } catch (error) {
      if (error instanceof ResourceConflictException) return false
      throw error
    }
  }

  async conectar(): Promise<void> {
    const { Account } = await new STSClient({}).send(new GetCallerIdentityCommand({}))
    const region = await this.lambda.config.region()
    await this.tolerar(() =>
      this.lambda.send(
        new AddPermissionCommand({
          FunctionName: this.nombre,
          StatementId: `bucket_${this.bucket.replace(/\W/g, '_')}`,
          Action: 'lambda:InvokeFunction',
          Principal: 's3.amazonaws.com',
          SourceArn: `arn:aws:s3:::${this.bucket}`,
          SourceAccount: Account,
        }),
      ),
    )
    const Id = 'csv-de-raw'
    const mia = {
      Id,
      LambdaFunctionArn: `arn:aws:lambda:${region}:${Account}:function:${this.nombre}`,
      Events: ['s3:ObjectCreated:*'] satisfies Event[],
      Filter: { Key: { FilterRules: [regla('prefix', 'raw/'), regla('suffix', '.csv')] } },
    }
    const { $metadata, ...hay } = await this.s3.send(
      new GetBucketNotificationConfigurationCommand({ Bucket: this.bucket }),
    )
    const otras = hay.LambdaFunctionConfigurations?.filter(una => una.Id !== Id) ?? []
    hay.LambdaFunctionConfigurations = otras.concat(mia)
    await this.s3.send(
      new PutBucketNotificationConfigurationCommand({ Bucket: this.bucket, NotificationConfiguration: hay }),
    )
  }
}

function regla(Name: 'prefix' | 'suffix', Value: string): { Name: 'prefix' | 'suffix'; Value: string } {
  return { Name, Value }
}

function leer(variable: string): string {
  const valor = process.env[variable]
  if (valor === undefined) throw new Error(`falta ${variable}`)
  return valor
}

const despliegue = new Despliegue()
await despliegue.publicar(await despliegue.empaquetar())
await despliegue.conectar()
