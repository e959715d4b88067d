/**
 * 9.2.2 versionado: activar el versionado, ver la historia de una clave, volver atrás y limitar lo que se guarda.
 *
 * Con versionado, sobrescribir no pierde nada: cada escritura es una versión nueva. Borrar tampoco: S3 pone encima un
 * marcador de borrado (delete marker), y el objeto «desaparece» sin perder ni un byte.
 */
import { pathToFileURL } from 'node:url'
import {
  CopyObjectCommand,
  DeleteObjectCommand,
  GetBucketLifecycleConfigurationCommand,
  type LifecycleRule,
  ListObjectVersionsCommand,
  type ListObjectVersionsCommandOutput,
  PutBucketLifecycleConfigurationCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3'

/** Una entrada en la historia de una clave. */
export interface Version {
  /** `null` (el texto) si se escribió antes de activar el versionado. */
  versionId: string
  /** Si es lo que S3 responde hoy al pedir la clave. */
  actual: boolean
  /** Si es un marcador de borrado: dice «aquí se borró» y no tiene contenido. */
  marcador: boolean
  fecha: Date
  /** En bytes; 0 en un marcador. */
  tamano: number
}

/** Desde ahora, el bucket guarda cada versión de sus objetos. */
export async function activarVersionado(s3: S3Client, bucket: string): Promise<void> {
  // #region solucion activarVersionado: pon el versionado del bucket en Enabled
  const configuracion = { Status: 'Enabled' } as const
  await s3.send(new PutBucketVersioningCommand({ Bucket: bucket, VersioningConfiguration: configuracion }))
  // #endregion
}

/** La historia de una clave, y solo de esa, de lo más nuevo a lo más viejo, con sus marcadores. */
export async function versiones(s3: S3Client, bucket: string, key: string): Promise<Version[]> {
  // #region solucion versiones: recorre las páginas de ListObjectVersions y junta versiones y marcadores de esa clave.
  //| Deja fuera las claves que solo empiezan igual; ordena de lo más nuevo a lo más viejo
  const historia: Version[] = []
  let pagina: ListObjectVersionsCommandOutput | undefined
  do {
    pagina = await s3.send(
      new ListObjectVersionsCommand({
        Bucket: bucket,
        Prefix: key,
        // El SDK no trae paginador para esta lista: la página siguiente empieza donde acabó la anterior.
        KeyMarker: pagina?.NextKeyMarker,
        VersionIdMarker: pagina?.NextVersionIdMarker,
      }),
    )
    historia.push(...leerPagina(pagina, key))
    // Las claves llegan en orden, y la nuestra es la primera de las que empiezan así: si ya va por otra, hemos acabado.
  } while (pagina.IsTruncated === true && pagina.NextKeyMarker === key)
  return historia.sort(porNovedad)
  // #endregion
}

/** Hace de una versión antigua la actual, como versión nueva: la historia entera se conserva. */
export async function restaurar(s3: S3Client, bucket: string, key: string, versionId: string): Promise<void> {
  // #region solucion restaurar: copia esa versión sobre su misma clave, dentro de S3; la clave de origen va codificada
  const ruta = key.split('/').map(encodeURIComponent).join('/')
  const origen = `${bucket}/${ruta}?versionId=${encodeURIComponent(versionId)}`
  await s3.send(new CopyObjectCommand({ Bucket: bucket, Key: key, CopySource: origen }))
  // #endregion
}

/** Deshace un borrado: quita los marcadores que tapan la última versión. Si no está borrada, no hace nada. */
export async function recuperar(s3: S3Client, bucket: string, key: string): Promise<void> {
  // #region solucion recuperar: mientras lo actual sea un marcador, bórralo (por su versionId)
  for (;;) {
    const historia = await versiones(s3, bucket, key)
    const marcador = historia.find(version => version.actual && version.marcador)
    if (marcador === undefined) return
    await s3.send(new DeleteObjectCommand({ Bucket: bucket, Key: key, VersionId: marcador.versionId }))
  }
  // #endregion
}

/**
 * Caduca `raw/` a los 90 días; en todo el bucket, las versiones no actuales a los 30 y las subidas a medias a los 7.
 * Conserva las demás reglas; llamarla otra vez no cambia nada.
 */
export async function configurarCicloDeVida(s3: S3Client, bucket: string): Promise<void> {
  // #region solucion configurarCicloDeVida: lee las reglas que hay, añade las tuyas y escribe todas.
  //| Lo que escribes reemplaza la configuración entera: una regla que no vuelvas a escribir se pierde
  const nuestras: LifecycleRule[] = [
    {
      ID: 'caducar-raw',
      Status: 'Enabled',
      Filter: { Prefix: 'raw/' },
      Expiration: { Days: 90 },
    },
    {
      ID: 'limpiar-restos',
      Status: 'Enabled',
      Filter: { Prefix: '' },
      NoncurrentVersionExpiration: { NoncurrentDays: 30 },
      AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 },
    },
  ]
  const nuestrosIds = nuestras.map(regla => regla.ID)
  const ajenas = (await leerReglas(s3, bucket)).filter(regla => !nuestrosIds.includes(regla.ID))
  const configuracion = { Rules: [...ajenas, ...nuestras] }
  await s3.send(
    new PutBucketLifecycleConfigurationCommand({ Bucket: bucket, LifecycleConfiguration: configuracion }),
  )
  // #endregion
}

/** Las entradas de una página que son de esa clave. S3 da versiones y marcadores en dos listas. */
function leerPagina(pagina: ListObjectVersionsCommandOutput, key: string): Version[] {
  // #region solucion leerPagina: una Version por cada entrada de pagina.Versions y de pagina.DeleteMarkers
  const marcadores = (pagina.DeleteMarkers ?? []).map(entrada => ({ ...entrada, marcador: true, Size: 0 }))
  const contenidos = (pagina.Versions ?? []).map(entrada => ({ ...entrada, marcador: false }))
  return [...marcadores, ...contenidos]
    .filter(entrada => entrada.Key === key)
    .map(entrada => ({
      versionId: entrada.VersionId ?? 'null',
      actual: entrada.IsLatest ?? false,
      marcador: entrada.marcador,
      fecha: entrada.LastModified ?? new Date(0),
      tamano: entrada.Size ?? 0,
    }))
  // #endregion
}

/** Orden de lo más nuevo a lo más viejo; S3 fecha por segundos, así que en un empate la actual va primero. */
function porNovedad(una: Version, otra: Version): number {
  // #region solucion porNovedad: negativo si `una` va antes que `otra`
  return otra.fecha.getTime() - una.fecha.getTime() || Number(otra.actual) - Number(una.actual)
  // #endregion
}

/** Las reglas del bucket; ninguna si nunca las tuvo. Cualquier otro fallo al leerlas es un error. */
async function leerReglas(s3: S3Client, bucket: string): Promise<LifecycleRule[]> {
  // #region solucion leerReglas: un bucket sin reglas responde NoSuchLifecycleConfiguration; solo eso es «ninguna»
  try {
    const { Rules } = await s3.send(new GetBucketLifecycleConfigurationCommand({ Bucket: bucket }))
    return Rules ?? []
  } catch (error) {
    if (error instanceof S3ServiceException && error.name === 'NoSuchLifecycleConfiguration') return []
    throw error
  }
  // #endregion
}

/** `npx tsx versionado.ts`: escribe dos veces, borra, recupera y vuelve a la primera versión. */
async function main(): Promise<void> {
  const bucket = process.env.BUCKET ?? 'datalake-curso'
  const key = 'config/ajustes.json'
  const s3 = new S3Client({ forcePathStyle: process.env.AWS_ENDPOINT_URL !== undefined })
  await activarVersionado(s3, bucket)
  await s3.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: '{"moneda":"CLP"}' }))
  await s3.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: '{"moneda":"USD"}' }))
  await s3.send(new DeleteObjectCommand({ Bucket: bucket, Key: key }))
  await recuperar(s3, bucket, key)
  const primera = (await versiones(s3, bucket, key)).at(-1)
  if (primera !== undefined) await restaurar(s3, bucket, key, primera.versionId)
  await configurarCicloDeVida(s3, bucket)
  console.table(await versiones(s3, bucket, key))
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) await main()
