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
  // #region solucion asegurarBucket: crea el bucket y espera a que exista.
  //| Si ya es tuyo, no es un error; cualquier otro fallo sí lo es
  try {
    // El SDK añade la región (LocationConstraint) fuera de us-east-1; en us-east-1, S3 no la admite.
    await s3.send(new CreateBucketCommand({ Bucket: bucket }))
  } catch (error) {
    // BucketAlreadyExists, en cambio, dice que el nombre es de otra cuenta: eso no es «ya está hecho».
    if (!(error instanceof BucketAlreadyOwnedByYou)) throw error
  }
  await waitUntilBucketExists({ client: s3, maxWaitTime: 30 }, { Bucket: bucket })
  // #endregion
}

/** Sube un archivo, byte a byte, sin cargarlo entero en memoria; desde 8 MiB, por partes. */
export async function subir(s3: S3Client, bucket: string, key: string, archivo: string): Promise<void> {
  // #region solucion subir: lee el archivo como stream y súbelo; desde 8 MiB tiene que ir por partes
  // Upload envía un solo PutObject si cabe en una parte (5 MiB); si no, partes en paralelo, que borra si algo falla.
  const Body = createReadStream(archivo)
  await new Upload({ client: s3, params: { Bucket: bucket, Key: key, Body } }).done()
  // #endregion
}

/** Todas las claves de una carpeta, y nada de sus vecinas: `raw` no incluye `raw-old/`. */
export async function listar(s3: S3Client, bucket: string, prefijo: string): Promise<string[]> {
  // #region solucion listar: devuelve las claves de la carpeta; S3 responde en páginas de 1.000 como máximo
  const objetos = await inventario(s3, bucket, prefijo)
  return [...objetos.keys()]
  // #endregion
}

/** Guarda un objeto en un archivo, creando sus carpetas. Si la clave no existe falla, y no deja ningún archivo. */
export async function descargar(s3: S3Client, bucket: string, key: string, archivo: string): Promise<void> {
  // #region solucion descargar: pide el objeto, crea las carpetas del archivo y copia los bytes como stream
  const cuerpo = await abrir(s3, bucket, key)
  await mkdir(dirname(archivo), { recursive: true })
  // Con un nombre provisional, una descarga cortada a la mitad nunca parece un archivo completo.
  const parcial = `${archivo}.parcial`
  try {
    await pipeline(cuerpo, createWriteStream(parcial))
    await rename(parcial, archivo)
  } finally {
    await rm(parcial, { force: true })
  }
  // #endregion
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
  // #region solucion sincronizar: recorre la carpeta; cada ruta relativa, con `/`, es una clave debajo del prefijo.
  //| Sube un archivo solo si su objeto falta o tiene otro contenido (ni la fecha ni el tamaño bastan para saberlo)
  const resumen: Resumen = { subidos: 0, omitidos: 0 }
  const objetos = await inventario(s3, bucket, prefijo)
  for (const entrada of await readdir(carpeta, { recursive: true, withFileTypes: true })) {
    if (!entrada.isFile()) continue
    const archivo = join(entrada.parentPath, entrada.name)
    const key = comoCarpeta(prefijo) + relative(carpeta, archivo).split(sep).join('/')
    if (await tieneMismoContenido(s3, bucket, objetos.get(key), archivo)) {
      resumen.omitidos++
    } else {
      await subir(s3, bucket, key, archivo)
      resumen.subidos++
    }
  }
  return resumen
  // #endregion
}

/** `raw` y `raw/` son la carpeta `raw/`; `''` es el bucket entero. */
function comoCarpeta(prefijo: string): string {
  // #region solucion comoCarpeta: devuelve el prefijo que tienen las claves de esa carpeta, y ninguna otra
  return prefijo === '' || prefijo.endsWith('/') ? prefijo : `${prefijo}/`
  // #endregion
}

/** Los objetos de una carpeta, por su clave. */
async function inventario(s3: S3Client, bucket: string, prefijo: string): Promise<Map<string, _Object>> {
  // #region solucion inventario: recorre todas las páginas de ListObjectsV2 y guarda cada objeto con su clave
  const objetos = new Map<string, _Object>()
  const consulta = { Bucket: bucket, Prefix: comoCarpeta(prefijo) }
  for await (const pagina of paginateListObjectsV2({ client: s3 }, consulta)) {
    for (const objeto of pagina.Contents ?? []) {
      if (objeto.Key !== undefined) objetos.set(objeto.Key, objeto)
    }
  }
  return objetos
  // #endregion
}

/** Si el objeto existe y sus bytes son los del archivo. */
async function tieneMismoContenido(
  s3: S3Client,
  bucket: string,
  objeto: _Object | undefined,
  archivo: string,
): Promise<boolean> {
  // #region solucion tieneMismoContenido: compara de lo barato a lo caro: tamaño, ETag y, si hace falta, los bytes
  if (objeto?.Key === undefined) return false
  if (objeto.Size !== (await stat(archivo)).size) return false
  const huella = await calcularMd5(createReadStream(archivo))
  if (objeto.ETag === `"${huella}"`) return true
  // Subido por partes o cifrado con KMS, el ETag no es el MD5 del contenido: hay que mirar los bytes.
  return huella === (await calcularMd5(await abrir(s3, bucket, objeto.Key)))
  // #endregion
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
