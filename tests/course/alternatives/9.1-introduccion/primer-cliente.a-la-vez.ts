// Right, written so that both questions are asked at the same time and nothing is printed before both are answered.
import { ListBucketsCommand, S3Client, type S3ClientConfig } from '@aws-sdk/client-s3'
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts'

interface Entorno {
  readonly AWS_ENDPOINT_URL?: string
  readonly AWS_REGION?: string
  readonly AWS_ACCESS_KEY_ID?: string
  readonly AWS_SECRET_ACCESS_KEY?: string
  readonly AWS_SESSION_TOKEN?: string
}

function opciones(entorno: Entorno): S3ClientConfig {
  const lista: S3ClientConfig[] = []
  if (entorno.AWS_REGION) lista.push({ region: entorno.AWS_REGION })
  if (entorno.AWS_ENDPOINT_URL) lista.push({ endpoint: new URL(entorno.AWS_ENDPOINT_URL).href })
  if (entorno.AWS_ACCESS_KEY_ID && entorno.AWS_SECRET_ACCESS_KEY) {
    const claves = { accessKeyId: entorno.AWS_ACCESS_KEY_ID, secretAccessKey: entorno.AWS_SECRET_ACCESS_KEY }
    lista.push({
      credentials: entorno.AWS_SESSION_TOKEN
        ? { ...claves, sessionToken: entorno.AWS_SESSION_TOKEN }
        : claves,
    })
  }
  return Object.assign({}, ...lista)
}

export function crearS3(entorno: Entorno): S3Client {
  return new S3Client({ ...opciones(entorno), ...(entorno.AWS_ENDPOINT_URL ? { forcePathStyle: true } : {}) })
}

export function crearSts(entorno: Entorno): STSClient {
  const { region, endpoint, credentials } = opciones(entorno)
  return new STSClient({
    ...(region === undefined ? {} : { region }),
    ...(endpoint === undefined ? {} : { endpoint }),
    ...(credentials === undefined ? {} : { credentials }),
  })
}

async function* buckets(s3: S3Client, desde?: string): AsyncGenerator<string> {
  const respuesta = await s3.send(
    new ListBucketsCommand(desde === undefined ? {} : { ContinuationToken: desde }),
  )
  for (const { Name = '(sin nombre)' } of respuesta.Buckets ?? []) yield Name
  if (respuesta.ContinuationToken !== undefined) yield* buckets(s3, respuesta.ContinuationToken)
}

async function todos(s3: S3Client): Promise<string[]> {
  const nombres = []
  for await (const nombre of buckets(s3)) nombres.push(nombre)
  return nombres
}

try {
  if (import.meta.url === new URL(process.argv[1] ?? '', 'file:').href) {
    const [identidad, nombres] = await Promise.all([
      crearSts(process.env).send(new GetCallerIdentityCommand({})),
      todos(crearS3(process.env)),
    ])
    process.stdout.write(`Cuenta: ${identidad.Account}\nARN: ${identidad.Arn}\nBuckets: ${nombres.length}\n`)
    for (const nombre of nombres) process.stdout.write(`${nombre}\n`)
  }
} catch (error) {
  process.stderr.write(`${(error as Error).name} (${(error as Error).message})\n`)
  process.exitCode = 1
}
