/**
 * 9.2.3 data-lake: un archivo sucio entra como Bronce, sale limpio y con tipos como Plata, y se resume en Oro.
 *
 *   raw/        Bronce: los bytes tal como llegaron
 *   processed/  Plata:  Parquet, con nombres limpios, tipos de verdad y sin filas incompletas
 *   curated/    Oro:    Parquet, una fila por grupo con sus métricas
 *
 * En memoria, Plata y Oro son tablas de Apache Arrow: columnas con tipo. Parquet es la misma idea, en un archivo.
 * En otra terminal, con `npm run cloud` en marcha:
 *
 *   export AWS_ENDPOINT_URL=http://127.0.0.1:4566 AWS_REGION=us-east-1 AWS_ACCESS_KEY_ID=test AWS_SECRET_ACCESS_KEY=test
 *   BUCKET=datalake-curso npx tsx exercises/9.2-s3-data-lake/data-lake.ts
 */
import { readFile } from 'node:fs/promises'
import { PassThrough } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { pathToFileURL } from 'node:url'
import {
  BucketAlreadyOwnedByYou,
  CreateBucketCommand,
  GetObjectCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3'
import {
  type DataType,
  DateDay,
  Float64,
  Int64,
  Table,
  TimestampMillisecond,
  Utf8,
  type Vector,
  vectorFromArray,
} from 'apache-arrow'
import { CsvError, parse } from 'csv-parse/sync'
import { parquetMetadata, parquetReadObjects } from 'hyparquet'
import parquetjs, { type ParquetField } from 'parquetjs-lite'

/** Lo que dice un archivo de Bronce, todavía como texto: las filas tienen tantos campos como `nombres`. */
export interface Hoja {
  nombres: string[]
  filas: string[][]
}

/** Qué se calcula de cada columna, p. ej. `{ monto: ['sum', 'mean', 'count'] }`. */
export type Metricas = Readonly<Record<string, readonly Agregado[]>>

export type Agregado = 'sum' | 'mean' | 'count'

/** Un valor de Plata. Las fechas y los instantes son milisegundos desde 1970, en UTC. */
export type Valor = bigint | number | string

/** Un tipo de columna: qué textos acepta, en qué valor se convierten y cómo se llama en Arrow y en Parquet. */
export interface Tipo {
  parquet: ParquetField['type']
  arrow: DataType
  acepta(texto: string): boolean
  convertir(texto: string): Valor
}

/** Un campo que, recortado, es uno de estos textos no trae dato. */
export const FALTANTES = new Set(['', 'NA', 'N/A', 'NULL', 'null', 'NaN', 'nan', 'None'])

/** El tipo que lo acepta todo. */
const TEXTO: Tipo = { parquet: 'UTF8', arrow: new Utf8(), acepta: () => true, convertir: texto => texto }

/** Los tipos, del más exigente al que lo acepta todo. */
export const TIPOS: readonly Tipo[] = [
  { parquet: 'INT64', arrow: new Int64(), acepta: esEntero, convertir: BigInt },
  { parquet: 'DOUBLE', arrow: new Float64(), acepta: esDecimal, convertir: Number },
  { parquet: 'DATE', arrow: new DateDay(), acepta: esFecha, convertir: Date.parse },
  {
    parquet: 'TIMESTAMP_MILLIS',
    arrow: new TimestampMillisecond('UTC'),
    acepta: esInstante,
    convertir: instante,
  },
  TEXTO,
]

/** Crea el bucket del lago; si ya es tuyo, no hace nada. */
export async function crearEstructura(s3: S3Client, bucket: string): Promise<void> {
  // #region solucion crearEstructura: crea el bucket; que ya sea tuyo no es un error
  //| las capas no hace falta crearlas: `raw/`, `processed/` y `curated/` son solo cómo empiezan las claves
  try {
    await s3.send(new CreateBucketCommand({ Bucket: bucket }))
  } catch (error) {
    if (!(error instanceof BucketAlreadyOwnedByYou)) throw error
  }
  // #endregion
}

/** Bronce: guarda el archivo en `raw/<destino>`, byte a byte. */
export async function ingestarBronce(
  s3: S3Client,
  bucket: string,
  archivo: string,
  destino: string,
): Promise<void> {
  // #region solucion ingestarBronce: sube los bytes del archivo a `raw/<destino>`, sin decodificarlos
  await escribirObjeto(s3, bucket, `raw/${destino}`, await readFile(archivo))
  // #endregion
}

/** Plata: limpia `raw/<origen>` (CSV o JSON), lo deja en `processed/<destino>` y devuelve cuántas filas quedaron. */
export async function limpiarPlata(
  s3: S3Client,
  bucket: string,
  origen: string,
  destino: string,
): Promise<number> {
  // #region solucion limpiarPlata: lee `raw/<origen>`, limpia nombres y filas, da tipos y escribe `processed/<destino>`
  //| recorta cada campo y descarta las filas a las que les falte alguno; las demás conservan su orden
  //| si el origen está mal, el error sale antes de escribir nada
  const contenido = await leerObjeto(s3, bucket, `raw/${origen}`)
  const { nombres, filas } = origen.endsWith('.json') ? leerJson(contenido) : leerCsv(contenido)
  const completas = filas
    .map(fila => fila.map(campo => campo.trim()))
    .filter(fila => !fila.some(campo => FALTANTES.has(campo)))

  const plata = crearTabla(limpiarNombres(nombres), completas)
  await escribirObjeto(s3, bucket, `processed/${destino}`, await escribirParquet(plata))
  return completas.length
  // #endregion
}

/** Oro: agrupa `processed/<origen>` por la columna `grupo` y escribe las métricas de cada grupo en `curated/<destino>`. */
export async function agregarOro(
  s3: S3Client,
  bucket: string,
  origen: string,
  destino: string,
  grupo: string,
  metricas: Metricas,
): Promise<void> {
  // #region solucion agregarOro: lee Plata de S3, agrupa sus filas y escribe las columnas `<grupo>` y `<columna>_<agregado>`
  //| los grupos van en orden, los números por su valor y los textos por unidad de código: lo que hace `<`
  const plata = await leerParquet(await leerObjeto(s3, bucket, `processed/${origen}`))
  const claves = columna(plata, grupo)
  const grupos = [...agruparFilas(claves)].sort(([una], [otra]) => (una < otra ? -1 : 1))

  const nombresDeGrupo = grupos.map(([nombre]) => nombre)
  const oro: Record<string, Vector> = { [grupo]: vectorFromArray(nombresDeGrupo, claves.type) }
  for (const [metrica, agregados] of Object.entries(metricas)) {
    const valores = columna(plata, metrica)
    const porGrupo = grupos.map(([, filas]) => filas.map(fila => Number(valores.get(fila))))
    for (const agregado of agregados) oro[`${metrica}_${agregado}`] = resumir(agregado, porGrupo)
  }
  await escribirObjeto(s3, bucket, `curated/${destino}`, await escribirParquet(new Table(oro)))
  // #endregion
}

/** Lee un CSV (RFC 4180, UTF-8 con o sin BOM, LF o CRLF); una fila mal formada es un error que nombra su línea. */
export function leerCsv(contenido: Uint8Array): Hoja {
  // #region solucion leerCsv: separa la cabecera y las filas; una fila mal formada es un error que nombra su línea
  //| mal formada: con más o menos campos que la cabecera, en blanco, o con una comilla donde no toca
  //| su línea es aquella en la que empieza, y un campo entre comillas puede ocupar varias; un archivo vacío, error
  const bytes = Buffer.from(contenido)
  let inicio = 0 // dónde empieza la fila que se está leyendo; csv-parse avisa de dónde acaba cada una
  let campos: number | undefined
  const malFormada = (motivo: string, cause?: unknown): Error =>
    new Error(`línea ${bytes.toString('latin1', 0, inicio).split('\n').length}: ${motivo}`, { cause })

  const revisar = (fila: string[], { bytes: fin }: { bytes: number }): string[] => {
    campos ??= fila.length
    if (bytes.toString('utf8', inicio, fin).trim() === '') throw malFormada('está en blanco')
    if (fila.length !== campos) throw malFormada(`tiene ${fila.length} campos y la cabecera ${campos}`)
    inicio = fin
    return fila
  }
  const opciones = {
    bom: true,
    record_delimiter: ['\r\n', '\n'],
    relax_column_count: true,
    on_record: revisar,
  }
  try {
    const [nombres, ...filas] = parse(bytes, opciones)
    if (nombres === undefined) throw new Error('el archivo está vacío')
    return { nombres, filas }
  } catch (error) {
    throw error instanceof CsvError ? malFormada('las comillas están mal puestas', error) : error
  }
  // #endregion
}

/** Lee un JSON que es un arreglo de objetos planos; una clave ausente o `null` queda como un campo vacío. */
export function leerJson(contenido: Uint8Array): Hoja {
  // #region solucion leerJson: una columna por cada clave que aparezca en algún objeto, y una fila por objeto
  //| cada valor, como texto; si no es un arreglo de objetos, error
  const objetos: Record<string, unknown>[] = JSON.parse(new TextDecoder().decode(contenido))
  if (!Array.isArray(objetos)) throw new Error('el JSON no es un arreglo de objetos')
  const nombres = [...new Set(objetos.flatMap(objeto => Object.keys(objeto)))]
  if (nombres.length === 0) throw new Error('el JSON no tiene ninguna columna')
  const filas = objetos.map(objeto => nombres.map(nombre => String(objeto[nombre] ?? '')))
  return { nombres, filas }
  // #endregion
}

/** Los nombres de las columnas, limpios y sin repetir: ` Precio  Unitario ` es `precio_unitario`. */
export function limpiarNombres(nombres: readonly string[]): string[] {
  // #region solucion limpiarNombres: recorta, pasa a minúsculas y cambia cada tramo de blancos por un `_`
  //| un nombre repetido lleva `_2`, `_3`…, el primero que esté libre; un nombre vacío es un error
  const usados = new Set<string>()
  return nombres.map(nombre => {
    const limpio = nombre.trim().toLowerCase().replace(/\s+/g, '_')
    if (limpio === '') throw new Error('la cabecera tiene una columna sin nombre')
    let libre = limpio
    for (let numero = 2; usados.has(libre); numero++) libre = `${limpio}_${numero}`
    usados.add(libre)
    return libre
  })
  // #endregion
}

/** Un entero de hasta 15 cifras, los que un número de JavaScript guarda exactos; `007` es un código, no un entero. */
export function esEntero(texto: string): boolean {
  // #region solucion esEntero: un `-` opcional y de 1 a 15 cifras, sin ceros delante
  return /^-?(0|[1-9]\d{0,14})$/.test(texto)
  // #endregion
}

/** Un número con punto decimal o sin él, y con exponente o sin él. */
export function esDecimal(texto: string): boolean {
  // #region solucion esDecimal: un signo opcional, cifras sin ceros delante, parte decimal con `.` y exponente
  //| cuidado con Number(): acepta `0x1F` y el texto vacío
  return /^[+-]?((0|[1-9]\d*)(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i.test(texto)
  // #endregion
}

/** Un día del calendario, `AAAA-MM-DD`. */
export function esFecha(texto: string): boolean {
  // #region solucion esFecha: tiene la forma `AAAA-MM-DD` y ese día existe
  //| para JavaScript, el 30 de febrero es el 1 de marzo: mira si al escribirlo otra vez sale lo mismo
  if (!/^\d{4}-\d{2}-\d{2}$/.test(texto)) return false
  const dia = new Date(`${texto}T00:00:00Z`)
  return !Number.isNaN(dia.getTime()) && dia.toISOString().startsWith(texto)
  // #endregion
}

/** Un instante ISO 8601: un día, `T`, una hora y, si acaso, su zona. */
export function esInstante(texto: string): boolean {
  // #region solucion esInstante: `AAAA-MM-DDThh:mm`, con segundos y fracción si los trae, y `Z`, `±hh:mm` o nada
  const forma = /^(.{10})T([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d+)?)?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)?$/
  const [, dia] = forma.exec(texto) ?? []
  return dia !== undefined && esFecha(dia)
  // #endregion
}

/** Los milisegundos desde 1970 de un instante ISO 8601. */
export function instante(texto: string): number {
  // #region solucion instante: convierte el texto en milisegundos; si no dice su zona, es UTC
  //| sin zona, Date.parse entiende la hora de tu máquina: el mismo archivo daría otra Plata en otro país
  const diceSuZona = /(Z|[+-]\d{2}:\d{2})$/.test(texto)
  return Date.parse(diceSuZona ? texto : `${texto}Z`)
  // #endregion
}

/** Las filas en las que aparece cada valor de una columna. */
export function agruparFilas(claves: Vector): Map<Valor, number[]> {
  // #region solucion agruparFilas: para cada valor distinto, los números de sus filas
  const filasDe = new Map<Valor, number[]>()
  for (const [fila, clave] of [...claves].entries()) {
    const suyas = filasDe.get(clave)
    if (suyas === undefined) filasDe.set(clave, [fila])
    else suyas.push(fila)
  }
  return filasDe
  // #endregion
}

/** La columna de un agregado: un valor por grupo. */
export function resumir(agregado: Agregado, grupos: readonly number[][]): Vector {
  // #region solucion resumir: la suma y la media de cada grupo son DOUBLE; la cuenta es INT64
  //| si algo que se suma no es un número, error
  const sumas = grupos.map(valores => valores.reduce((total, valor) => total + valor, 0))
  const cuentas = grupos.map(valores => valores.length)
  if (agregado === 'count') return vectorFromArray(cuentas.map(BigInt), new Int64())
  if (sumas.some(Number.isNaN)) throw new Error('solo se pueden sumar columnas numéricas')
  if (agregado === 'sum') return vectorFromArray(sumas, new Float64())
  return vectorFromArray(
    sumas.map((suma, grupo) => suma / (cuentas[grupo] ?? 0)),
    new Float64(),
  )
  // #endregion
}

// De aquí en adelante está todo hecho: tablas de Arrow, archivos Parquet, objetos de S3 y el programa.

/** Una tabla de Arrow con el tipo que le toca a cada columna; sin filas no hay de qué deducirlo: texto. */
export function crearTabla(nombres: readonly string[], filas: readonly string[][]): Table {
  const columnas = nombres.map((nombre, posicion) => {
    const textos = filas.map(fila => fila[posicion] ?? '')
    const tipo = TIPOS.find(({ acepta }) => textos.length > 0 && textos.every(acepta)) ?? TEXTO
    return [nombre, vectorFromArray(textos.map(tipo.convertir), tipo.arrow)] as const
  })
  return new Table(Object.fromEntries(columnas))
}

/** Una columna de la tabla, por su nombre. */
export function columna(tabla: Table, nombre: string): Vector {
  const vector = tabla.getChild(nombre)
  if (vector !== null) return vector
  throw new Error(
    `no hay una columna «${nombre}»; hay ${tabla.schema.fields.map(({ name }) => name).join(', ')}`,
  )
}

/** El archivo Parquet de una tabla, comprimido con Snappy. */
export async function escribirParquet(tabla: Table): Promise<Uint8Array> {
  const campos = tabla.schema.fields.map(({ name, type }) => {
    const tipo = TIPOS.find(({ arrow }) => arrow.typeId === type.typeId) ?? TEXTO
    // Sin estadísticas: con ellas, parquetjs-lite 0.8.7 no puede volver a abrir sus TIMESTAMP_MILLIS.
    return [name, { type: tipo.parquet, compression: 'SNAPPY', statistics: false }] as const
  })
  const salida = new PassThrough()
  const archivo = buffer(salida) // recoge lo que el escritor deja en la salida, hasta que la cierra
  const escritor = await parquetjs.ParquetWriter.openStream(
    new parquetjs.ParquetSchema(Object.fromEntries(campos)),
    salida,
  )
  for (const fila of tabla) {
    const valores = campos.map(([name, { type }]) => [name, enParquet(fila[name], type)])
    await escritor.appendRow(Object.fromEntries(valores))
  }
  await escritor.close()
  return archivo
}

/** parquetjs-lite espera los días y los instantes como Date. */
function enParquet(valor: Valor, tipo: ParquetField['type']): Valor | Date {
  return tipo === 'DATE' || tipo === 'TIMESTAMP_MILLIS' ? new Date(Number(valor)) : valor
}

/** La tabla de un archivo Parquet con los tipos de Plata. */
export async function leerParquet(contenido: Uint8Array): Promise<Table> {
  const file = Uint8Array.from(contenido).buffer
  const [, ...campos] = parquetMetadata(file).schema // el primero es la raíz
  const filas = await parquetReadObjects({ file })
  const columnas = campos.map(({ name, type, converted_type }) => {
    const tipo = TIPOS.find(({ parquet }) => parquet === (converted_type ?? type))
    if (tipo === undefined) throw new Error(`la columna «${name}» tiene un tipo que Plata no usa`)
    return [
      name,
      vectorFromArray(
        filas.map(fila => fila[name]),
        tipo.arrow,
      ),
    ] as const
  })
  return new Table(Object.fromEntries(columnas))
}

/** Todos los bytes de un objeto. */
export async function leerObjeto(s3: S3Client, bucket: string, key: string): Promise<Uint8Array> {
  const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }))
  if (Body === undefined) throw new Error(`s3://${bucket}/${key} llegó sin contenido`)
  return Body.transformToByteArray()
}

/** Crea o reemplaza un objeto. */
export async function escribirObjeto(
  s3: S3Client,
  bucket: string,
  key: string,
  contenido: Uint8Array,
): Promise<void> {
  await s3.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: contenido }))
}

async function main(): Promise<void> {
  const { AWS_ENDPOINT_URL, BUCKET } = process.env
  if (!BUCKET) throw new Error('falta la variable BUCKET, p. ej. BUCKET=datalake-curso')
  const s3 = new S3Client({ forcePathStyle: Boolean(AWS_ENDPOINT_URL) })

  await crearEstructura(s3, BUCKET)
  await ingestarBronce(s3, BUCKET, 'datos/ventas_ejemplo.csv', 'ventas_2024.csv')
  await ingestarBronce(s3, BUCKET, 'datos/clientes.json', 'clientes.json')
  const ventas = await limpiarPlata(s3, BUCKET, 'ventas_2024.csv', 'ventas.parquet')
  const clientes = await limpiarPlata(s3, BUCKET, 'clientes.json', 'clientes.parquet')
  await agregarOro(s3, BUCKET, 'ventas.parquet', 'kpis_categoria.parquet', 'categoria', {
    monto: ['sum', 'mean', 'count'],
  })
  console.log(
    `s3://${BUCKET}/: ${ventas} ventas y ${clientes} clientes en Plata, y los KPI por categoría en Oro`,
  )
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  await main()
}
