import { GetBucketLocationCommand, HeadBucketCommand, S3Client, S3ServiceException } from '@aws-sdk/client-s3'
import { type Check, type Finding, fail, pass } from '../../../../src/course/check.ts'
import { claimFailure } from '../../../../src/course/claim.ts'
import type { Claim, Lab } from '../../../../src/course/lab.ts'
import { studentS3 } from '../grader-s3/objects.ts'
import { callWithClient, type Refusal } from '../grader-s3/special-client.ts'

/** Regions where CreateBucket needs a LocationConstraint, and where a second one answers BucketAlreadyOwnedByYou. */
const otherRegions = ['eu-west-1', 'sa-east-1', 'us-west-2', 'ap-south-1'] as const

export const createsBucket: Check = {
  id: 'crea-bucket',
  title: 'asegurarBucket crea el bucket',
  points: 2,
  hints: [
    '¿Qué operación de S3 crea un bucket, y cuál es el único dato que necesita?',
    'CreateBucketCommand de @aws-sdk/client-s3. La región (LocationConstraint) la pone el SDK cuando hace falta; en us-east-1 S3 no la acepta. Hay una función waitUntilBucketExists para esperar.',
    'await s3.send(new CreateBucketCommand({ Bucket: bucket })) y después await waitUntilBucketExists({ client: s3, maxWaitTime: 30 }, { Bucket: bucket })',
  ],
  run: async lab => {
    const bucket = lab.name('taller')
    const claim = await lab.student.call('asegurarBucket', [studentS3, bucket])
    const evidence = { expected: `el bucket ${bucket} existe`, tryIt: `s3api head-bucket --bucket ${bucket}` }
    if (claim.kind !== 'value') return { ...claimFailure(claim), ...evidence }
    const refusal = await tryHeadBucket(lab, bucket)
    return refusal === undefined ? pass : fail({ ...evidence, found: refusal })
  },
}

export const createsInRegion: Check = {
  id: 'bucket-en-su-region',
  title: 'asegurarBucket usa la región del cliente',
  points: 1,
  needs: [createsBucket.id],
  hints: [
    'Si mañana el cliente es de otra región, ¿dónde nace el bucket? ¿Tiene que saberlo tu función?',
    'El SDK rellena CreateBucketConfiguration.LocationConstraint con la región del cliente si tú no lo haces (mira la documentación de CreateBucket: en us-east-1 no se pone).',
    'Quita CreateBucketConfiguration: basta con new CreateBucketCommand({ Bucket: bucket })',
  ],
  run: async lab => {
    const region = lab.random.pick(otherRegions)
    const bucket = lab.name('taller-region')
    const evidence = {
      expected: `con un cliente de ${region}, el bucket está en ${region}`,
      tryIt: `s3api get-bucket-location --bucket ${bucket}`,
    }
    const claim = await callWithClient(lab, 'asegurarBucket', { region }, [bucket])
    if (claim.kind !== 'value') return { ...claimFailure(claim), ...evidence }
    const { LocationConstraint } = await lab
      .client(S3Client)
      .send(new GetBucketLocationCommand({ Bucket: bucket }))
    return LocationConstraint === region
      ? pass
      : fail({ ...evidence, found: `está en ${LocationConstraint ?? 'us-east-1'}` })
  },
}

export const toleratesOwnBucket: Check = {
  id: 'bucket-dos-veces',
  title: 'Llamarla dos veces no falla',
  points: 2,
  needs: [createsBucket.id],
  hints: [
    '¿Qué responde S3 cuando el bucket ya existe y es tuyo? ¿Es eso un problema?',
    'Fuera de us-east-1, CreateBucket responde BucketAlreadyOwnedByYou: una excepción con ese name, que @aws-sdk/client-s3 exporta como clase.',
    'En un try/catch: catch (error) { if (!(error instanceof BucketAlreadyOwnedByYou)) throw error }',
  ],
  run: async lab => {
    const region = lab.random.pick(otherRegions)
    const bucket = lab.name('taller-otra-vez')
    const evidence = {
      expected: `la segunda llamada termina sin error (en ${region})`,
      tryIt: `s3api create-bucket --bucket ${bucket} --region ${region} --create-bucket-configuration LocationConstraint=${region}`,
    }
    const claims = [
      await lab.student.call('asegurarBucket', [studentS3, `${bucket}-local`]),
      await lab.student.call('asegurarBucket', [studentS3, `${bucket}-local`]),
      await callWithClient(lab, 'asegurarBucket', { region }, [bucket]),
      await callWithClient(lab, 'asegurarBucket', { region }, [bucket]),
    ]
    for (const claim of claims) if (claim.kind !== 'value') return { ...claimFailure(claim), ...evidence }
    return pass
  },
}

export const reportsRealErrors: Check = {
  id: 'bucket-ajeno',
  title: 'Un bucket de otra cuenta sí es un error',
  points: 1,
  needs: [createsBucket.id],
  hints: [
    'Si el nombre ya lo tiene otra cuenta, ¿puedes decir que tu bucket está asegurado?',
    'BucketAlreadyOwnedByYou y BucketAlreadyExists se parecen, pero solo el primero dice que es tuyo. Cualquier otro error tiene que salir de tu función.',
    'Vuelve a lanzar lo que no sea tuyo: if (!(error instanceof BucketAlreadyOwnedByYou)) throw error',
  ],
  run: async lab => {
    const taken = lab.name('ajeno')
    const foreign = await callWithClient(lab, 'asegurarBucket', { refusals: foreignBucket }, [taken])
    const found = judgeError(foreign, `de S3 sobre ${taken}: BucketAlreadyExists`)
    if (found !== undefined) return found
    const name = `No_Valido_${lab.random.hex(4)}`
    const invalid = await lab.student.call('asegurarBucket', [studentS3, name])
    const tryIt = `s3api create-bucket --bucket ${name}`
    const finding = judgeError(invalid, `de S3 sobre ${name}: InvalidBucketName`)
    return finding === undefined ? pass : { ...finding, tryIt }
  },
}

/** What S3 answers about a bucket that another account has. */
const foreignBucket: readonly Refusal[] = [
  { method: 'PUT', status: 409, code: 'BucketAlreadyExists' },
  { method: 'HEAD', status: 403, code: 'AccessDenied' },
  { method: 'GET', query: 'location', status: 403, code: 'AccessDenied' },
]

function judgeError(claim: Claim<unknown>, reason: string): Finding | undefined {
  if (claim.kind === 'error') return undefined
  const expected = `un error, el ${reason}`
  return claim.kind === 'value'
    ? fail({ expected, found: 'terminó como si todo hubiera ido bien' })
    : claimFailure(claim, expected)
}

/** Why the bucket cannot be seen, e.g. `404 NotFound`; `undefined` when it can. */
async function tryHeadBucket(lab: Lab, bucket: string): Promise<string | undefined> {
  try {
    await lab.client(S3Client).send(new HeadBucketCommand({ Bucket: bucket }))
    return undefined
  } catch (error) {
    if (error instanceof S3ServiceException) return `${error.$metadata.httpStatusCode} ${error.name}`
    throw error
  }
}
