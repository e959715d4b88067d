// Right, written with a loop of its own over small pages and with the SDK's aggregated clients.
import { type ListBucketsCommandOutput, S3 } from '@aws-sdk/client-s3'
import { STS } from '@aws-sdk/client-sts'

type Entorno = Record<string, string | undefined>

function base(entorno: Entorno) {
  const clave = entorno.AWS_ACCESS_KEY_ID
  const secreto = entorno.AWS_SECRET_ACCESS_KEY
  const token = entorno.AWS_SESSION_TOKEN
  return {
    ...(entorno.AWS_REGION === undefined ? {} : { region: entorno.AWS_REGION }),
    ...(entorno.AWS_ENDPOINT_URL === undefined ? {} : { endpoint: entorno.AWS_ENDPOINT_URL }),
    ...(clave === undefined || secreto === undefined
      ? {}
      : {
          credentials: async () => ({
            accessKeyId: clave,
            secretAccessKey: secreto,
            ...(token === undefined ? {} : { sessionToken: token }),
          }),
        }),
  }
}

export const crearS3 = (entorno: Entorno): S3 =>
  new S3(entorno.AWS_ENDPOINT_URL === undefined ? base(entorno) : { ...base(entorno), forcePathStyle: true })

export const crearSts = (entorno: Entorno): STS => new STS(base(entorno))

async function main(): Promise<void> {
  const s3 = crearS3(process.env)
  const { Account, Arn } = await crearSts(process.env).getCallerIdentity({})
  const nombres: string[] = []
  let token: string | undefined
  do {
    const pagina: ListBucketsCommandOutput = await s3.listBuckets({
      MaxBuckets: 2,
      ...(token === undefined ? {} : { ContinuationToken: token }),
    })
    nombres.push(...(pagina.Buckets ?? []).flatMap(bucket => bucket.Name ?? []))
    token = pagina.ContinuationToken
  } while (token !== undefined)
  console.log([`Cuenta: ${Account}`, `ARN: ${Arn}`, `Buckets: ${nombres.length}`, ...nombres].join('\n'))
}

main().catch(error => {
  console.error(error)
  process.exit(1)
})
