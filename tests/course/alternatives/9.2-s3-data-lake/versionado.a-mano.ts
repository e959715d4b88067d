// Right: one entry a page, so that S3's own order is kept; restores by reading and writing; one rule for each term.
import {
  type DeleteMarkerEntry,
  DeleteObjectsCommand,
  GetBucketLifecycleConfigurationCommand,
  GetBucketVersioningCommand,
  GetObjectCommand,
  type LifecycleRule,
  ListObjectVersionsCommand,
  type ObjectVersion,
  PutBucketLifecycleConfigurationCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  type S3Client,
} from '@aws-sdk/client-s3'

interface Entrada {
  versionId: string | undefined
  actual: boolean | undefined
  marcador: boolean
  fecha: Date | undefined
  tamano: number | undefined
}

export async function activarVersionado(s3: S3Client, bucket: string): Promise<void> {
  const { Status } = await s3.send(new GetBucketVersioningCommand({ Bucket: bucket }))
  if (Status === 'Enabled') return
  await s3.send(
    new PutBucketVersioningCommand({
      Bucket: bucket,
      VersioningConfiguration: { Status: 'Enabled', MFADelete: 'Disabled' },
    }),
  )
}

export async function versiones(s3: S3Client, bucket: string, key: string): Promise<Entrada[]> {
  const contenidos: ObjectVersion[] = []
  const marcadores: DeleteMarkerEntry[] = []
  let desde: { KeyMarker?: string | undefined; VersionIdMarker?: string | undefined } = {}
  for (let hayMas = true; hayMas; ) {
    const pagina = await s3.send(
      new ListObjectVersionsCommand({ Bucket: bucket, Prefix: key, MaxKeys: 300, ...desde }),
    )
    contenidos.push(...(pagina.Versions ?? []))
    marcadores.push(...(pagina.DeleteMarkers ?? []))
    desde = { KeyMarker: pagina.NextKeyMarker, VersionIdMarker: pagina.NextVersionIdMarker }
    hayMas = pagina.IsTruncated ?? false
  }
  return mezclar(
    contenidos.filter(({ Key }) => Key === key).map(({ Size, ...resto }) => aEntrada(resto, Size)),
    marcadores.filter(({ Key }) => Key === key).map(resto => aEntrada(resto, undefined)),
  )
}

function aEntrada(
  { VersionId, IsLatest, LastModified }: Pick<ObjectVersion, 'VersionId' | 'IsLatest' | 'LastModified'>,
  tamano: number | undefined,
): Entrada {
  return {
    versionId: VersionId,
    actual: IsLatest,
    marcador: tamano === undefined,
    fecha: LastModified,
    tamano,
  }
}

/** Both lists come newest first: take the newer of the two heads, again and again; of one date, the marker. */
function mezclar(unas: Entrada[], otras: Entrada[]): Entrada[] {
  const mezcla: Entrada[] = []
  for (;;) {
    const [una, otra] = [unas[0], otras[0]]
    if (una === undefined || otra === undefined) return [...mezcla, ...unas, ...otras]
    const ganaUna = una.actual === true || (otra.actual !== true && Number(una.fecha) > Number(otra.fecha))
    const siguiente = (ganaUna ? unas : otras).shift()
    if (siguiente !== undefined) mezcla.push(siguiente)
  }
}

export async function restaurar(
  s3: S3Client,
  bucket: string,
  key: string,
  versionId: string,
): Promise<string | undefined> {
  const antigua = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key, VersionId: versionId }))
  const Body = (await antigua.Body?.transformToByteArray()) ?? new Uint8Array()
  const { ContentType, Metadata } = antigua
  const nueva = await s3.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body, ContentType, Metadata }))
  return nueva.VersionId
}

export async function recuperar(s3: S3Client, bucket: string, key: string): Promise<void> {
  const historia = await versiones(s3, bucket, key)
  const ultima = historia.findIndex(({ marcador }) => !marcador)
  const Objects = historia
    .slice(0, Math.max(ultima, 0))
    .map(({ versionId }) => ({ Key: key, VersionId: versionId }))
  if (Objects.length > 0) await s3.send(new DeleteObjectsCommand({ Bucket: bucket, Delete: { Objects } }))
}

export async function configurarCicloDeVida(s3: S3Client, bucket: string): Promise<void> {
  const reglas = new Map((await leer(s3, bucket)).map(regla => [regla.ID, regla]))
  const todo = { Status: 'Enabled', Filter: {} } as const
  for (const regla of [
    { ID: 'curso-raw', Status: 'Enabled', Filter: { Prefix: 'raw/' }, Expiration: { Days: 90 } },
    { ID: 'curso-viejas', ...todo, NoncurrentVersionExpiration: { NoncurrentDays: 30 } },
    { ID: 'curso-partes', ...todo, AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 } },
  ] as const) {
    reglas.set(regla.ID, regla)
  }
  const LifecycleConfiguration = { Rules: [...reglas.values()] }
  await s3.send(new PutBucketLifecycleConfigurationCommand({ Bucket: bucket, LifecycleConfiguration }))
}

async function leer(s3: S3Client, bucket: string): Promise<LifecycleRule[]> {
  return s3.send(new GetBucketLifecycleConfigurationCommand({ Bucket: bucket })).then(
    ({ Rules = [] }) => Rules,
    error => {
      if (error.name === 'NoSuchLifecycleConfiguration') return []
      throw error
    },
  )
}
