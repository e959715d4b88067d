// Right, without lib-storage or paginators: parts, pages and folders by hand, whole files in memory where they are small.
import { createHash } from 'node:crypto'
import {
  closeSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import path from 'node:path'
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  type S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3'

const PARTE = 8 * 1024 * 1024

export async function asegurarBucket(s3: S3Client, bucket: string): Promise<void> {
  try {
    await s3.send(new HeadBucketCommand({ Bucket: bucket }))
  } catch (error) {
    if ((error as Error).name !== 'NotFound') throw error
    await s3.send(new CreateBucketCommand({ Bucket: bucket }))
  }
}

export async function subir(s3: S3Client, bucket: string, key: string, archivo: string): Promise<void> {
  if (statSync(archivo).size < PARTE) {
    await s3.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: readFileSync(archivo) }))
    return
  }
  const objeto = { Bucket: bucket, Key: key }
  const { UploadId } = await s3.send(new CreateMultipartUploadCommand(objeto))
  const descriptor = openSync(archivo, 'r')
  try {
    const partes = []
    for (let numero = 1; ; numero++) {
      const bloque = Buffer.alloc(PARTE)
      const leidos = readSync(descriptor, bloque)
      if (leidos === 0) break
      const Body = bloque.subarray(0, leidos)
      const { ETag } = await s3.send(new UploadPartCommand({ ...objeto, UploadId, PartNumber: numero, Body }))
      partes.push({ ETag, PartNumber: numero })
    }
    await s3.send(
      new CompleteMultipartUploadCommand({ ...objeto, UploadId, MultipartUpload: { Parts: partes } }),
    )
  } catch (error) {
    await s3.send(new AbortMultipartUploadCommand({ ...objeto, UploadId }))
    throw error
  } finally {
    closeSync(descriptor)
  }
}

export async function listar(s3: S3Client, bucket: string, prefijo: string): Promise<string[]> {
  const claves: string[] = []
  let continuacion: string | undefined
  do {
    const respuesta = await s3.send(
      new ListObjectsV2Command({
        Bucket: bucket,
        Prefix: prefijo.replace(/([^/])$/, '$1/'),
        ContinuationToken: continuacion,
        MaxKeys: 500,
      }),
    )
    for (const { Key } of respuesta.Contents ?? []) claves.push(String(Key))
    continuacion = respuesta.NextContinuationToken
  } while (continuacion !== undefined)
  return claves
}

export async function descargar(s3: S3Client, bucket: string, key: string, archivo: string): Promise<void> {
  const respuesta = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }))
  const bytes = await respuesta.Body?.transformToByteArray()
  mkdirSync(path.dirname(archivo), { recursive: true })
  writeFileSync(archivo, bytes ?? new Uint8Array())
}

export async function sincronizar(s3: S3Client, bucket: string, carpeta: string, prefijo: string) {
  let subidos = 0
  let omitidos = 0
  for (const ruta of recorrer(carpeta)) {
    const key = [...prefijo.split('/').filter(tramo => tramo !== ''), ...ruta].join('/')
    const archivo = path.join(carpeta, ...ruta)
    if (await estaIgual(s3, bucket, key, archivo)) {
      omitidos += 1
      continue
    }
    await subir(s3, bucket, key, archivo)
    subidos += 1
  }
  return { subidos, omitidos }
}

function recorrer(carpeta: string): string[][] {
  return readdirSync(carpeta, { withFileTypes: true }).flatMap(entrada =>
    entrada.isDirectory()
      ? recorrer(path.join(carpeta, entrada.name)).map(ruta => [entrada.name, ...ruta])
      : [[entrada.name]],
  )
}

/** One request for each file: a HEAD says whether it is there and how large; only then are the bytes compared. */
async function estaIgual(s3: S3Client, bucket: string, key: string, archivo: string): Promise<boolean> {
  const bytes = readFileSync(archivo)
  try {
    const cabeceras = await s3.send(new HeadObjectCommand({ Bucket: bucket, Key: key }))
    if (cabeceras.ContentLength !== bytes.length) return false
    const etag = cabeceras.ETag?.replaceAll('"', '') ?? ''
    if (/^[0-9a-f]{32}$/.test(etag)) return etag === createHash('md5').update(bytes).digest('hex')
  } catch (error) {
    if ((error as Error).name === 'NotFound') return false
    throw error
  }
  const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }))
  return bytes.equals((await Body?.transformToByteArray()) ?? new Uint8Array())
}
