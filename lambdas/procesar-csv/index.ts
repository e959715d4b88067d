/**
 * 9.3.2 procesar-csv: cada CSV que llega a `raw/` deja su Parquet limpio en `processed/`, con la misma ruta.
 *
 *   raw/2024/ventas.csv  →  processed/2024/ventas.parquet
 *
 * El archivo puede ser mucho mayor que la memoria de la función, así que nunca está entero en ella: se lee dos veces, fila
 * a fila. La primera pasada comprueba las filas y averigua el tipo de cada columna; la segunda las convierte y escribe el
 * Parquet por grupos de filas, que se suben según salen.
 */
import { pipeline, Readable } from 'node:stream'
import { GetObjectCommand, type GetObjectCommandInput, S3Client } from '@aws-sdk/client-s3'
import { Upload } from '@aws-sdk/lib-storage'
import { CsvError, parse } from 'csv-parse'
import type { SchemaElement } from 'hyparquet'
import { ByteWriter, type ColumnSource, ParquetWriter } from 'hyparquet-writer'

/** El aviso que S3 manda a la función. */
export interface EventoS3 {
  /** Uno por objeto; el aviso de prueba que S3 manda al configurarlo no trae ninguno. */
  Records?: RegistroS3[]
}

/** De un registro, lo que esta función usa; trae mucho más. */
export interface RegistroS3 {
  /** P. ej. `ObjectCreated:Put`. */
  eventName: string
  s3: { bucket: { name: string }; object: { key: string } }
}

/** Lo que se hizo con un CSV. */
export interface Resultado {
  origen: string
  destino: string
  filas: number
}

/** Lo que la primera pasada averigua de un CSV. */
export interface Examen {
  nombres: string[]
  tipos: Tipo[]
  /** Las filas completas: las que quedan en el Parquet. */
  filas: number
}

/** Un tipo de columna: cómo se llama en Parquet, qué textos acepta y en qué valor se convierten. */
export interface Tipo {
  parquet: Omit<SchemaElement, 'name'>
  /** Cómo la quiere el escritor, si no es como suele. */
  columna?: Pick<ColumnSource, 'encoding'>
  acepta(texto: string): boolean
  convertir(texto: string): Valor
}

export type Valor = bigint | number | string

// El cliente se crea fuera del handler, una vez por entorno: cada invocación aprovecha las conexiones de la anterior.
const { AWS_ENDPOINT_URL } = process.env
const s3 = new S3Client({ forcePathStyle: Boolean(AWS_ENDPOINT_URL) })

/** Procesa los CSV de un aviso de S3. */
export async function handler(evento: EventoS3): Promise<Resultado[]> {
  // TODO: procesa cada registro `ObjectCreated` que tenga destino; da un resultado por cada uno
  // lo que se ignora se cuenta en el log (console.log), no en el resultado
  // no captures los errores: si el handler los calla, para Lambda todo fue bien y nadie vuelve a intentarlo
  throw new Error('Falta escribir handler')
}

/** La key de verdad: en los avisos de S3 viene codificada como en un formulario web. */
export function decodificarKey(key: string): string {
  // TODO: cambia cada `+` por un espacio y después decodifica los `%XX`
  // en ese orden: un `+` de verdad viene como `%2B`, y si lo decodificas antes acaba siendo un espacio
  throw new Error('Falta escribir decodificarKey')
}

/** La key del Parquet de un objeto, o `undefined` si no es un CSV de `raw/`. */
export function destinoDe(key: string): string | undefined {
  // TODO: `raw/<ruta>.csv` (o `.CSV`) va a `processed/<ruta>.parquet`, con sus carpetas
  // cambian solo el principio y el final: `raw/raw/a.csv.csv` va a `processed/raw/a.csv.parquet`
  // depende solo de la key: si el mismo aviso llega dos veces, que pasa, el segundo Parquet reemplaza al primero
  throw new Error('Falta escribir destinoDe')
}

/** Limpia un CSV, deja su Parquet en el destino y devuelve cuántas filas quedaron. */
export async function procesar(bucket: string, key: string, destino: string): Promise<number> {
  // TODO: recorre las filas dos veces: con examinar(), y con escribirParquet() para subir() lo que escribe
  // abrir() da el contenido de un objeto, y leerFilas() las filas de ese contenido; subir() se espera hasta el final (await)
  // si csv-parse rechaza el archivo (CsvError), comprobarLineas() dice en qué línea; todavía no se ha escrito nada
  // pide la segunda vez con IfMatch el ETag de la primera: si alguien cambió el objeto entretanto, es un error
  throw new Error('Falta escribir procesar')
}

/** Primera pasada: cuenta las filas completas y averigua el tipo de cada columna. */
export async function examinar(filas: AsyncIterable<string[]>): Promise<Examen> {
  // TODO: la primera fila es la cabecera; cada una de las demás descarta los tipos que no pueden ser
  // una columna empieza con todos los TIPOS, y cada texto quita los que no lo aceptan: vale el primero que quede
  // de una fila no guardes nada más; sin filas completas, todo es TEXTO; sin cabecera, error
  throw new Error('Falta escribir examinar')
}

/** Segunda pasada: el archivo Parquet, según se va escribiendo; en memoria hay un grupo de filas como mucho. */
export async function* escribirParquet(
  filas: AsyncIterable<string[]>,
  examen: Examen,
): AsyncGenerator<Uint8Array> {
  // TODO: convierte cada fila y añade sus valores a las columnas del grupo
  // cuando el grupo pese PESO_DEL_GRUPO, escríbelo, entrega (yield) lo escrito y empieza otro; al final, finish()
  // la primera fila es la cabecera
  throw new Error('Falta escribir escribirParquet')
}

/** Sube un objeto según llegan sus trozos; si dejan de llegar por un error, cancela la subida. */
export async function subir(trozos: AsyncIterable<Uint8Array>, bucket: string, key: string): Promise<void> {
  // TODO: con Upload, que sube por partes un flujo del que no se sabe el tamaño
  // Readable.from() hace un flujo de los trozos; queueSize 1: cada parte que sube a la vez ocupa 5 MiB de memoria
  throw new Error('Falta escribir subir')
}

// De aquí en adelante está todo hecho: leer S3 y CSV, las reglas de limpieza de 9.2.3 y el escritor de Parquet.

/** Empieza a leer un objeto; su contenido llega en trozos según se va pidiendo. */
async function abrir(objeto: GetObjectCommandInput): Promise<{ cuerpo: Readable; etag: string | undefined }> {
  const { Body, ETag } = await s3.send(new GetObjectCommand(objeto))
  if (!(Body instanceof Readable)) throw new Error(`s3://${objeto.Bucket}/${objeto.Key} llegó sin contenido`)
  return { cuerpo: Body, etag: ETag }
}

/** Las filas de un CSV, según llega; un error al leerlo, o un CsvError si está mal, le llega a quien las recorre. */
function leerFilas(cuerpo: Readable): AsyncIterable<string[]> {
  const lector = parse({ bom: true, record_delimiter: ['\r\n', '\n'] })
  // pipe() no pasa los errores de un flujo a otro; pipeline() sí, y por eso aquí no hay nada que hacer con ellos.
  return pipeline(cuerpo, lector, () => undefined)
}

/**
 * Busca la primera fila mal formada, y si la hay lanza un error que dice en qué línea empieza: la primera en blanco, o la
 * que csv-parse rechazó, que dice cuántas filas tenía delante pero no su línea (un campo entre comillas ocupa varias).
 */
async function comprobarLineas(objeto: GetObjectCommandInput, rechazo?: CsvError): Promise<void> {
  const { cuerpo } = await abrir(objeto)
  const malFormada = (motivo: unknown): Error =>
    new Error(`${objeto.Key}, línea ${linea}: ${motivo}`, { cause: rechazo })
  let linea = 0
  let filas = 0
  let estaAbierta = false // con comillas impares, la fila sigue en la línea siguiente
  for await (const texto of leerLineas(cuerpo)) {
    linea++
    if (!estaAbierta && texto.trim() === '') throw malFormada('está en blanco')
    if (!estaAbierta && filas++ === rechazo?.records) throw malFormada(rechazo.code)
    if (texto.split('"').length % 2 === 0) estaAbierta = !estaAbierta
  }
}

/** Las líneas de un objeto, sin el salto con el que acaban. */
async function* leerLineas(cuerpo: Readable): AsyncGenerator<string> {
  let resto = ''
  for await (const trozo of cuerpo.setEncoding('utf8')) {
    const [primera, ...demas] = String(trozo).split('\n')
    resto += primera
    for (const linea of demas) {
      yield resto
      resto = linea
    }
  }
  if (resto !== '') yield resto
}

/** Un campo que, recortado, es uno de estos textos no trae dato. */
const FALTANTES = new Set(['', 'NA', 'N/A', 'NULL', 'null', 'NaN', 'nan', 'None'])

/** Los faltantes son cortos: a un texto más largo no hace falta buscarlo. */
const LARGO_DE_UN_FALTANTE = 4

/** Recorta los campos de una fila; `false` si a la fila le falta alguno. */
function limpiarFila(fila: string[]): boolean {
  for (const [columna, campo] of fila.entries()) {
    const limpio = campo.trim()
    if (limpio.length <= LARGO_DE_UN_FALTANTE && FALTANTES.has(limpio)) return false
    fila[columna] = limpio
  }
  return true
}

/** Los nombres de las columnas, limpios y sin repetir: ` Precio  Unitario ` es `precio_unitario`. */
function limpiarNombres(nombres: readonly string[]): string[] {
  const usados = new Set<string>()
  return nombres.map(nombre => {
    const limpio = nombre.trim().toLowerCase().replace(/\s+/g, '_')
    if (limpio === '') throw new Error('la cabecera tiene una columna sin nombre')
    let libre = limpio
    for (let numero = 2; usados.has(libre); numero++) libre = `${limpio}_${numero}`
    usados.add(libre)
    return libre
  })
}

/** De unos tipos, los que aceptan un texto. */
function descartar(tipos: readonly Tipo[], texto: string): readonly Tipo[] {
  return tipos.every(tipo => tipo.acepta(texto)) ? tipos : tipos.filter(tipo => tipo.acepta(texto))
}

const DIA_MS = 86_400_000

/** El tipo que lo acepta todo. */
const TEXTO: Tipo = {
  parquet: { type: 'BYTE_ARRAY', converted_type: 'UTF8' },
  acepta: () => true,
  convertir: texto => texto,
}

/** Los tipos, del más exigente al que lo acepta todo. */
const TIPOS: readonly Tipo[] = [
  { parquet: { type: 'INT64' }, acepta: esEntero, convertir: BigInt },
  {
    parquet: { type: 'DOUBLE' },
    columna: { encoding: 'PLAIN' }, // sin diccionario: los decimales apenas se repiten, y uno confunde 0 y -0
    acepta: esDecimal,
    convertir: Number,
  },
  {
    parquet: { type: 'INT32', converted_type: 'DATE' },
    acepta: esFecha,
    convertir: texto => Date.parse(texto) / DIA_MS,
  },
  {
    parquet: { type: 'INT64', converted_type: 'TIMESTAMP_MILLIS' },
    acepta: esInstante,
    convertir: texto => BigInt(instante(texto)),
  },
  TEXTO,
]

/** Un entero de hasta 15 cifras, sin ceros delante. */
function esEntero(texto: string): boolean {
  return /^-?(0|[1-9]\d{0,14})$/.test(texto)
}

/** Un número con punto decimal o sin él, y con exponente o sin él; sin ceros delante. */
function esDecimal(texto: string): boolean {
  return /^[+-]?((0|[1-9]\d*)(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i.test(texto)
}

/** Un día del calendario, `AAAA-MM-DD`; para JavaScript, el 30 de febrero es el 1 de marzo. */
function esFecha(texto: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(texto) && new Date(texto).getUTCDate() === Number(texto.slice(-2))
}

/** Un instante ISO 8601: un día, `T`, una hora y, si acaso, su zona. */
function esInstante(texto: string): boolean {
  const forma = /^(.{10})T([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d+)?)?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)?$/
  const [, dia] = forma.exec(texto) ?? []
  return dia !== undefined && esFecha(dia)
}

/** Los milisegundos desde 1970 de un instante ISO 8601; si no dice su zona, es UTC. */
function instante(texto: string): number {
  const diceSuZona = /(Z|[+-]\d{2}:\d{2})$/.test(texto)
  return Date.parse(diceSuZona ? texto : `${texto}Z`)
}

/** Cuando un grupo de filas pesa esto, en bytes y a ojo, se escribe. */
const PESO_DEL_GRUPO = 4 * 1024 * 1024

/** Lo que ocupa en memoria un valor, además de su texto. */
const PESO_DE_UN_VALOR = 32

/** Un grupo de filas, guardado por columnas y ya convertido: así lo pide Parquet. */
interface Grupo {
  peso: number
  anadir(fila: readonly string[]): void
  /** Lo que espera `write()` del escritor. */
  columnas(): Parameters<ParquetWriter['write']>[0]
}

/** Un grupo sin filas. */
function crearGrupo({ nombres, tipos }: Examen): Grupo {
  const datos = tipos.map((): Valor[] => [])
  return {
    peso: 0,
    anadir(fila) {
      for (const [columna, tipo] of tipos.entries()) {
        const texto = fila[columna] ?? ''
        datos[columna]?.push(tipo.convertir(texto))
        this.peso += PESO_DE_UN_VALOR + texto.length
      }
    },
    columnas: () => ({
      columnData: nombres.map((name, i) => ({ name, data: datos[i] ?? [], ...tipos[i]?.columna })),
      rowGroupSize: datos[0]?.length ?? 0,
    }),
  }
}

/** Un escritor de Parquet, y cómo recoger lo que lleva escrito desde la última vez. */
function crearEscritor({ nombres, tipos }: Examen): { escritor: ParquetWriter; recoger(): Uint8Array } {
  const salida = new ByteWriter()
  const campos = nombres.map(
    (name, columna): SchemaElement => ({ name, repetition_type: 'REQUIRED', ...tipos[columna]?.parquet }),
  )
  const schema = [{ name: 'root', num_children: nombres.length }, ...campos]
  const recoger = (): Uint8Array => {
    const bytes = salida.getBytes().slice()
    salida.index = 0 // se vuelve a llenar desde el principio; `offset` sigue contando el archivo entero
    return bytes
  }
  return { escritor: new ParquetWriter({ writer: salida, schema }), recoger }
}
