// Right: each upload carries its own SHA-256 as metadata, a folder goes up several files at a time, and what has no such
// mark is read and compared.
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { createReadStream, createWriteStream, promises as fs } from 'node:fs'
import { posix } from 'node:path'
import {
  CreateBucketCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListBucketsCommand,
  ListObjectsCommand,
  NotFound,
  type S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3'
import { Upload } from '@aws-sdk/lib-storage'

export const asegurarBucket = async (s3: S3Client, bucket: string): Promise<void> => {
  const { Buckets = [] } = await s3.send(new ListBucketsCommand({ Prefix: bucket }))
  if (Buckets.some(({ Name }) => Name === bucket)) return
  try {
    await s3.send(new CreateBucketCommand({ Bucket: bucket }))
  } catch (error) {
    const isMine = error instanceof S3ServiceException && error.name === 'BucketAlreadyOwnedByYou'
    if (!isMine) throw error
  }
}

export const subir = async (s3: S3Client, bucket: string, key: string, archivo: string): Promise<void> => {
  await new Upload({
    client: s3,
    partSize: 6 * 1024 * 1024,
    queueSize: 2,
    params: {
      Bucket: bucket,
      Key: key,
      Body: createReadStream(archivo, { highWaterMark: 1024 * 1024 }),
      Metadata: { sha256: await sha256(createReadStream(archivo)) },
    },
  }).done()
}

/** ListObjects, the old one, continues after a marker; its keys come one page after another. */
export const listar = async (s3: S3Client, bucket: string, prefijo: string): Promise<string[]> => {
  const carpeta = prefijo.replace(/\/+$/, '')
  const Prefix = carpeta === '' ? undefined : `${carpeta}/`
  const siguiente = async (Marker?: string): Promise<string[]> => {
    const { Contents = [], IsTruncated } = await s3.send(
      new ListObjectsCommand({ Bucket: bucket, Prefix, Marker }),
    )
    const claves = Contents.flatMap(({ Key }) => Key ?? [])
    return IsTruncated === true ? [...claves, ...(await siguiente(claves.at(-1)))] : claves
  }
  return siguiente()
}

export const descargar = async (
  s3: S3Client,
  bucket: string,
  key: string,
  archivo: string,
): Promise<void> => {
  const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }))
  if (Body === undefined) throw new Error('sin contenido')
  const carpeta = archivo.slice(0, Math.max(archivo.lastIndexOf('/'), 0))
  if (carpeta !== '') await fs.mkdir(carpeta, { recursive: true })
  const destino = createWriteStream(archivo)
  for await (const bloque of Body as AsyncIterable<Uint8Array>) {
    if (!destino.write(bloque)) await once(destino, 'drain')
  }
  destino.end()
  await once(destino, 'finish')
}

export const sincronizar = async (
  s3: S3Client,
  bucket: string,
  carpeta: string,
  prefijo: string,
): Promise<{ subidos: number; omitidos: number }> => {
  const rutas = await fs.readdir(carpeta, { recursive: true })
  const resultados = await Promise.all(
    rutas.map(async ruta => {
      const archivo = `${carpeta}/${ruta}`
      if ((await fs.stat(archivo)).isDirectory()) return undefined
      const key = posix.join(prefijo, ruta.replaceAll('\\', '/'))
      const hay = await huellaDelObjeto(s3, bucket, key)
      if (hay === (await sha256(createReadStream(archivo)))) return 'omitido'
      await subir(s3, bucket, key, archivo)
      return 'subido'
    }),
  )
  return {
    subidos: resultados.filter(resultado => resultado === 'subido').length,
    omitidos: resultados.filter(resultado => resultado === 'omitido').length,
  }
}

async function huellaDelObjeto(s3: S3Client, bucket: string, key: string): Promise<string | undefined> {
  try {
    const { Metadata } = await s3.send(new HeadObjectCommand({ Bucket: bucket, Key: key }))
    if (Metadata?.sha256 !== undefined) return Metadata.sha256
  } catch (error) {
    if (error instanceof NotFound) return undefined
    throw error
  }
  const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }))
  return sha256(Body as AsyncIterable<Uint8Array>)
}

async function sha256(bytes: AsyncIterable<Uint8Array>): Promise<string> {
  const hash = createHash('sha256')
  for await (const bloque of bytes) hash.update(bloque)
  return hash.digest('hex')
}
