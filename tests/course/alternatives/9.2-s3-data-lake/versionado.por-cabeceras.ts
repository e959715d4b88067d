// Right: asks S3 what the key is now instead of reading its history; rules by content, with the old top-level Prefix
// where nobody uses Filter (S3 does not take both in one configuration).
import {
  CopyObjectCommand,
  DeleteObjectCommand,
  GetBucketLifecycleConfigurationCommand,
  type LifecycleRule,
  ListObjectVersionsCommand,
  PutBucketLifecycleConfigurationCommand,
  PutBucketVersioningCommand,
  type S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3'

export const activarVersionado = (s3: S3Client, Bucket: string) =>
  s3
    .send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: 'Enabled' } }))
    .then(() => undefined)

export async function versiones(s3: S3Client, bucket: string, key: string) {
  const filas = []
  for await (const { DeleteMarkers = [], Versions = [] } of paginas(s3, { Bucket: bucket, Prefix: key })) {
    for (const fila of Versions) filas.push({ ...fila, marcador: false, Size: fila.Size ?? 0 })
    for (const fila of DeleteMarkers) filas.push({ ...fila, marcador: true, Size: 0 })
  }
  return filas
    .filter(fila => fila.Key === key)
    .map(fila => ({
      versionId: fila.VersionId,
      actual: fila.IsLatest,
      marcador: fila.marcador,
      fecha: fila.LastModified,
      tamano: fila.Size,
    }))
    .sort((a, b) => Number(b.actual) - Number(a.actual) || Number(b.fecha) - Number(a.fecha))
}

async function* paginas(s3: S3Client, consulta: { Bucket: string; Prefix: string }) {
  let pagina = await s3.send(new ListObjectVersionsCommand(consulta))
  yield pagina
  while (pagina.IsTruncated === true) {
    const desde = { KeyMarker: pagina.NextKeyMarker, VersionIdMarker: pagina.NextVersionIdMarker }
    pagina = await s3.send(new ListObjectVersionsCommand({ ...consulta, ...desde }))
    yield pagina
  }
}

export async function restaurar(s3: S3Client, bucket: string, key: string, versionId: string) {
  const CopySource = `/${bucket}/${encodeURIComponent(key)}?versionId=${versionId}`
  await s3.send(new CopyObjectCommand({ Bucket: bucket, Key: key, CopySource, MetadataDirective: 'COPY' }))
}

/** The latest entry of a key is on the first page of its versions: no more than that is read each time. */
export async function recuperar(s3: S3Client, bucket: string, key: string): Promise<void> {
  const pagina = await s3.send(new ListObjectVersionsCommand({ Bucket: bucket, Prefix: key, MaxKeys: 1 }))
  const marcador = pagina.DeleteMarkers?.find(entrada => entrada.Key === key && entrada.IsLatest)
  if (marcador === undefined) return
  await s3.send(new DeleteObjectCommand({ Bucket: bucket, Key: key, VersionId: marcador.VersionId }))
  return recuperar(s3, bucket, key)
}

export async function configurarCicloDeVida(s3: S3Client, bucket: string): Promise<void> {
  const reglas = await leer(s3, bucket)
  const conFilter = reglas.some(regla => regla.Filter !== undefined)
  const donde = (prefijo: string): Pick<LifecycleRule, 'Filter' | 'Prefix'> =>
    conFilter ? { Filter: { Prefix: prefijo } } : { Prefix: prefijo }
  const mias: LifecycleRule[] = [
    {
      ID: 'limpieza',
      Status: 'Enabled',
      ...donde(''),
      AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 },
      NoncurrentVersionExpiration: { NoncurrentDays: 30 },
    },
    { ID: 'bronce', Status: 'Enabled', ...donde('raw/'), Expiration: { Days: 90 } },
  ]
  if (mias.every(mia => reglas.some(regla => regla.ID === mia.ID))) return
  await s3.send(
    new PutBucketLifecycleConfigurationCommand({
      Bucket: bucket,
      LifecycleConfiguration: { Rules: [...mias, ...reglas] },
    }),
  )
}

async function leer(s3: S3Client, bucket: string): Promise<LifecycleRule[]> {
  try {
    const respuesta = await s3.send(new GetBucketLifecycleConfigurationCommand({ Bucket: bucket }))
    return respuesta.Rules ?? []
  } catch (error) {
    if (
      error instanceof S3ServiceException &&
      error.$response?.statusCode === 404 &&
      /Lifecycle/.test(error.name)
    )
      return []
    throw error
  }
}
