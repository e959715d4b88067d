/**
 * 9.2.1 objetos: crear un bucket, subir, listar, descargar y sincronizar una carpeta.
 *
 * Un bucket es plano: guarda pares clave → bytes. Las «carpetas» son solo claves que empiezan igual, y por eso
 * cada función que recibe un `prefijo` lo entiende como carpeta: `raw` y `raw/` son lo mismo, `''` es todo el bucket.
 */
import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises'
import { dirname, join, relative, sep } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { pathToFileURL } from 'node:url'
import {
  type _Object,
  BucketAlreadyOwnedByYou,
  CreateBucketCommand,
  GetObjectCommand,
  paginateListObjectsV2,
  S3Client,
  waitUntilBucketExists,
} from '@aws-sdk/client-s3'
import { Upload } from '@aws-sdk/lib-storage'

/** Lo que hizo `sincronizar`. */
export interface Resumen {
  /** Archivos que faltaban en el bucket o tenían otro contenido. */
  subidos: number
  /** Archivos cuyo objeto ya tenía los mismos bytes. */
  omitidos: number
}

/** Deja el bucket creado, en la región del cliente. Si ya es tuyo no hace nada; si es de otra cuenta, falla. */
export async function asegurarBucket(s3: S3Client, bucket: string): Promise<void> {
  // TODO: crea el bucket y espera a que exista.
  // Si ya es tuyo, no es un error; cualquier otro fallo sí lo es
  throw new Error('Falta escribir asegurarBucket')
}

/** Sube un archivo, byte a byte, sin cargarlo entero en memoria; desde 8 MiB, por partes. */
export async function subir(s3: S3Client, bucket: string, key: string, archivo: string): Promise<void> {
  // TODO: lee el archivo como stream y súbelo; desde 8 MiB tiene que ir por partes
  throw new Error('Falta escribir subir')
}

/** Todas las claves de una carpeta, y nada de sus vecinas: `raw` no incluye `raw-old/`. */
export async function listar(s3: S3Client, bucket: string, prefijo: string): Promise<string[]> {
  // TODO: devuelve las claves de la carpeta; S3 responde en páginas de 1.000 como máximo
  throw new Error('Falta escribir listar')
}

/** Guarda un objeto en un archivo, creando sus carpetas. Si la clave no existe falla, y no deja ningún archivo. */
export async function descargar(s3: S3Client, bucket: string, key: string, archivo: string): Promise<void> {
  // TODO: pide el objeto, crea las carpetas del archivo y copia los bytes como stream
  throw new Error('Falta escribir descargar')
}

/**
 * Deja en `prefijo` una copia de la carpeta, con sus subcarpetas. Sube solo lo que falta o cambió de contenido, lo haya
 * subido quien lo haya subido, y no borra nada.
 */
export async function sincronizar(
  s3: S3Client,
  bucket: string,
  carpeta: string,
  prefijo: string,
): Promise<Resumen> {
  // TODO: recorre la carpeta; cada ruta relativa, con `/`, es una clave debajo del prefijo.
  // Sube un archivo solo si su objeto falta o tiene otro contenido (ni la fecha ni el tamaño bastan para saberlo)
  throw new Error('Falta escribir sincronizar')
}

/** `raw` y `raw/` son la carpeta `raw/`; `''` es el bucket entero. */
function comoCarpeta(prefijo: string): string {
  // TODO: devuelve el prefijo que tienen las claves de esa carpeta, y ninguna otra
  throw new Error('Falta escribir comoCarpeta')
}

/** Los objetos de una carpeta, por su clave. */
async function inventario(s3: S3Client, bucket: string, prefijo: string): Promise<Map<string, _Object>> {
  // TODO: recorre todas las páginas de ListObjectsV2 y guarda cada objeto con su clave
  throw new Error('Falta escribir inventario')
}

/** Si el objeto existe y sus bytes son los del archivo. */
async function tieneMismoContenido(
  s3: S3Client,
  bucket: string,
  objeto: _Object | undefined,
  archivo: string,
): Promise<boolean> {
  // TODO: compara de lo barato a lo caro: tamaño, ETag y, si hace falta, los bytes
  throw new Error('Falta escribir tieneMismoContenido')
}

/** Los bytes de un objeto, como stream. */
async function abrir(s3: S3Client, bucket: string, key: string): Promise<Readable> {
  const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }))
  if (!(Body instanceof Readable)) throw new Error(`s3://${bucket}/${key} llegó sin contenido`)
  return Body
}

/** El MD5 de un stream, en hexadecimal. */
async function calcularMd5(bytes: Readable): Promise<string> {
  const md5 = createHash('md5')
  await pipeline(bytes, md5)
  return md5.digest('hex')
}

/** `npx tsx objetos.ts`: sube `datos/` a `data/`, como `awslocal s3 sync ./datos/ s3://datalake-curso/data/`. */
async function main(): Promise<void> {
  const bucket = process.env.BUCKET ?? 'datalake-curso'
  const s3 = new S3Client({ forcePathStyle: process.env.AWS_ENDPOINT_URL !== undefined })
  await asegurarBucket(s3, bucket)
  const { subidos, omitidos } = await sincronizar(s3, bucket, 'datos', 'data/')
  console.log(`${subidos} subidos, ${omitidos} omitidos`)
  for (const key of await listar(s3, bucket, 'data/')) console.log(`s3://${bucket}/${key}`)
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) await main()
