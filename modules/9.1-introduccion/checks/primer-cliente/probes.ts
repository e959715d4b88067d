/**
 * Snippets that run in the student's process: each takes the client that an export of the student's returned and
 * sends a command with it. They are texts because that process loads them as modules of their own.
 */

const CREATE_CLIENT = `
function createClient(student, exportName, entorno) {
  if (typeof student[exportName] !== 'function') throw new Error('el archivo no exporta la función ' + exportName)
  const client = student[exportName](entorno)
  if (typeof client?.send !== 'function') throw new Error(exportName + ' no devolvió un cliente del SDK')
  return client
}
`

/** `(entorno)`: lists buckets with the client that `crearS3(entorno)` returns. */
export const LIST_BUCKETS_PROBE = `
import { ListBucketsCommand } from '@aws-sdk/client-s3'
${CREATE_CLIENT}
export default async (student, entorno) => {
  await createClient(student, 'crearS3', entorno).send(new ListBucketsCommand({}))
}
`

/** `(one, other)`: makes a client of S3 for each environment, and only then lists buckets with the first and the second. */
export const TWO_CLOUDS_PROBE = `
import { ListBucketsCommand } from '@aws-sdk/client-s3'
${CREATE_CLIENT}
export default async (student, one, other) => {
  const clients = [createClient(student, 'crearS3', one), createClient(student, 'crearS3', other)]
  for (const client of clients) await client.send(new ListBucketsCommand({}))
}
`

/** `(entorno, bucket)`: asks for a bucket with the client that `crearS3(entorno)` returns. */
export const HEAD_BUCKET_PROBE = `
import { HeadBucketCommand } from '@aws-sdk/client-s3'
${CREATE_CLIENT}
export default async (student, entorno, bucket) => {
  await createClient(student, 'crearS3', entorno).send(new HeadBucketCommand({ Bucket: bucket }))
}
`

/** `(entorno)`: asks who the caller is with the client that `crearSts(entorno)` returns. */
export const CALLER_IDENTITY_PROBE = `
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts'
${CREATE_CLIENT}
export default async (student, entorno) => {
  await createClient(student, 'crearSts', entorno).send(new GetCallerIdentityCommand({}))
}
`

/** A request as a client would send it, taken from it at the last step. */
export interface WithheldRequest {
  readonly hostname: string
  readonly path: string
  readonly authorization: string
}

const WITHHOLD = `
async function withhold(client, command) {
  let request
  client.middlewareStack.add(
    () => async ({ request: signed }) => {
      request = { hostname: signed.hostname, path: signed.path, authorization: signed.headers.authorization ?? '' }
      throw new Error('la petición se queda aquí')
    },
    { step: 'deserialize', priority: 'low', name: 'withhold' },
  )
  await client.send(command).catch(error => { if (request === undefined) throw error })
  return request
}
`

/** `(entorno, bucket)`: gives the request for a bucket that `crearS3(entorno)` would send, without sending it. */
export const WITHHELD_S3_PROBE = `
import { HeadBucketCommand } from '@aws-sdk/client-s3'
${CREATE_CLIENT}${WITHHOLD}
export default (student, entorno, bucket) =>
  withhold(createClient(student, 'crearS3', entorno), new HeadBucketCommand({ Bucket: bucket }))
`

/** `(entorno)`: gives the request that `crearSts(entorno)` would send, without sending it. */
export const WITHHELD_STS_PROBE = `
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts'
${CREATE_CLIENT}${WITHHOLD}
export default (student, entorno) =>
  withhold(createClient(student, 'crearSts', entorno), new GetCallerIdentityCommand({}))
`
