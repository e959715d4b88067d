/** 9.3.2 pasando por el disco de la función: se baja el CSV, se lee dos veces con un lector propio y se sube el Parquet. */
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { GetObjectCommand, PutObjectCommand, S3 } from '@aws-sdk/client-s3'
import type { SchemaElement } from 'hyparquet'
import { fileWriter, ParquetWriter } from 'hyparquet-writer'

interface Registro {
  readonly eventName: string
  readonly s3: { readonly bucket: { readonly name: string }; readonly object: { readonly key: string } }
}

const s3 = new S3({ forcePathStyle: process.env.AWS_ENDPOINT_URL !== undefined })

export const handler = async ({ Records: registros = [] }: { Records?: Registro[] }): Promise<unknown[]> => {
  const hechos: unknown[] = []
  for (const registro of registros) {
    const Bucket = registro.s3.bucket.name
    const origen = decodeURIComponent(registro.s3.object.key.split('+').join('%20'))
    const ruta = /^raw\/(?<ruta>.*)\.csv$/is.exec(origen)?.groups?.ruta
    if (ruta === undefined || !/^ObjectCreated:/.test(registro.eventName)) {
      console.warn('no me toca', registro.eventName, origen)
      continue
    }
    const destino = `processed/${ruta}.parquet`
    const carpeta = await mkdtemp(join(tmpdir(), 'csv-'))
    try {
      hechos.push({ origen, destino, filas: await convertir({ Bucket, origen, destino, carpeta }) })
    } finally {
      await rm(carpeta, { recursive: true })
    }
  }
  return hechos
}

async function convertir(pedido: {
  Bucket: string
  origen: string
  destino: string
  carpeta: string
}): Promise<number> {
  const { Bucket, origen, destino, carpeta } = pedido
  const csv = join(carpeta, 'entrada.csv')
  const parquet = join(carpeta, 'salida.parquet')
  const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key: origen }))
  await pipeline(Body as Readable, createWriteStream(csv))
  const columnas = await estudiar(csv)
  const filas = await escribir(csv, parquet, columnas)
  const { size: ContentLength } = await stat(parquet)
  await s3.send(
    new PutObjectCommand({ Bucket, Key: destino, Body: createReadStream(parquet), ContentLength }),
  )
  return filas
}

interface Columna {
  readonly name: string
  clases: Clase[]
}

interface Clase {
  readonly elemento: Omit<SchemaElement, 'name'>
  readonly forma: RegExp
  readonly existe: (texto: string) => boolean
  readonly valor: (texto: string) => unknown
}

const siempre = (): boolean => true
const esDia = (texto: string): boolean =>
  new Date(texto.slice(0, 10)).getUTCDate() === Number(texto.slice(8, 10))
const enUtc = (texto: string): number => Date.parse(/(Z|[+-]\d\d:\d\d)$/.test(texto) ? texto : `${texto}Z`)

const texto: Clase = {
  elemento: { type: 'BYTE_ARRAY', converted_type: 'UTF8' },
  forma: /^/,
  existe: siempre,
  valor: uno => uno,
}
const clases: Clase[] = [
  { elemento: { type: 'INT64' }, forma: /^-?(0|[1-9]\d{0,14})$/, existe: siempre, valor: BigInt },
  {
    elemento: { type: 'DOUBLE' },
    forma: /^[+-]?((0|[1-9]\d*)(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i,
    existe: siempre,
    valor: Number,
  },
  {
    elemento: { type: 'INT32', converted_type: 'DATE' },
    forma: /^\d{4}-\d\d-\d\d$/,
    existe: esDia,
    valor: uno => Date.parse(uno) / 86_400_000,
  },
  {
    elemento: { type: 'INT64', converted_type: 'TIMESTAMP_MILLIS' },
    forma: /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)?$/,
    existe: uno => esDia(uno) && !Number.isNaN(enUtc(uno)),
    valor: uno => BigInt(enUtc(uno)),
  },
  texto,
]

async function estudiar(csv: string): Promise<Columna[]> {
  let columnas: Columna[] | undefined
  let completas = 0
  for await (const fila of filasDe(csv)) {
    if (columnas === undefined) {
      columnas = nombrar(fila).map(name => ({ name, clases }))
    } else if (estaCompleta(fila)) {
      completas++
      for (const [i, columna] of columnas.entries()) {
        const dato = fila[i] ?? ''
        const cabe = ({ forma, existe }: Clase): boolean => forma.test(dato) && existe(dato)
        if (!columna.clases.every(cabe)) columna.clases = columna.clases.filter(cabe)
      }
    }
  }
  if (columnas === undefined) throw new Error('no hay cabecera')
  return completas > 0 ? columnas : columnas.map(({ name }) => ({ name, clases: [texto] }))
}

async function escribir(csv: string, parquet: string, columnas: readonly Columna[]): Promise<number> {
  const elementos = columnas.map(({ name, clases: [clase = texto] }) => ({
    name,
    repetition_type: 'REQUIRED' as const,
    ...clase.elemento,
  }))
  const schema = [{ name: 'raiz', num_children: columnas.length }, ...elementos]
  const escritor = new ParquetWriter({ writer: fileWriter(parquet), schema })
  const valores = columnas.map(({ clases: [clase = texto] }) => clase.valor)
  let grupo: unknown[][] = columnas.map(() => [])
  let [filas, total, esCabecera] = [0, 0, true]
  const vaciar = (): void => {
    const columnData = columnas.map(({ name }, i) => ({ name, data: grupo[i] ?? [] }))
    if (filas > 0) escritor.write({ columnData, rowGroupSize: filas })
    total += filas
    filas = 0
    grupo = columnas.map(() => [])
  }
  for await (const fila of filasDe(csv)) {
    if (!esCabecera && estaCompleta(fila)) {
      for (const [i, dato] of fila.entries()) grupo[i]?.push(valores[i]?.(dato))
      if (++filas === 20_000) vaciar()
    }
    esCabecera = false
  }
  vaciar()
  escritor.finish()
  return total
}

function nombrar(cabecera: readonly string[]): string[] {
  const puestos: string[] = []
  for (const titulo of cabecera) {
    const base = titulo.trim().toLowerCase().replace(/\s+/g, '_')
    if (base === '') throw new Error('hay una columna sin nombre')
    let numero = 1
    const candidato = (): string => (numero === 1 ? base : `${base}_${numero}`)
    while (puestos.includes(candidato())) numero++
    puestos.push(candidato())
  }
  return puestos
}

/** Recorta los campos de la fila; dice si están todos. */
function estaCompleta(fila: string[]): boolean {
  for (let i = 0; i < fila.length; i++) {
    fila[i] = fila[i]?.trim() ?? ''
    if (/^(NA|N\/A|NULL|null|NaN|nan|None|)$/.test(fila[i] ?? '')) return false
  }
  return true
}

/** Las filas de un CSV según se van leyendo; la línea en la que empieza la que está mal va en el error. */
async function* filasDe(csv: string): AsyncGenerator<string[]> {
  let resto = ''
  let linea = 1
  let campos: number | undefined
  const revisar = ({ fila, largo }: Fila, texto: string): string[] => {
    const crudo = texto.slice(0, largo)
    campos ??= fila.length
    if (crudo.trim() === '' || fila.length !== campos)
      throw new Error(`la fila de la línea ${linea} está mal`)
    linea += crudo.split('\n').length - 1
    return fila
  }
  const mal = (): never => {
    throw new Error(`las comillas de la línea ${linea} están mal`)
  }
  let esPrimero = true
  for await (const trozo of createReadStream(csv, { encoding: 'utf8', highWaterMark: 1 << 18 })) {
    resto += esPrimero ? String(trozo).replace(/^\uFEFF/, '') : trozo
    esPrimero = false
    let desde = 0
    for (let fila = leerFila(resto, desde, mal); fila !== undefined; fila = leerFila(resto, desde, mal)) {
      yield revisar(fila, resto.slice(desde, desde + fila.largo))
      desde += fila.largo
    }
    resto = resto.slice(desde)
  }
  if (resto !== '') {
    const ultima = leerFila(`${resto}\n`, 0, mal) ?? mal()
    yield revisar(ultima, resto)
  }
}

interface Fila {
  readonly fila: string[]
  /** Caracteres, con su salto de línea. */
  readonly largo: number
}

/** La fila que empieza ahí, o `undefined` si todavía no ha llegado entera. */
function leerFila(texto: string, desde: number, mal: () => never): Fila | undefined {
  const salto = texto.indexOf('\n', desde)
  const comilla = texto.indexOf('"', desde)
  if (salto >= 0 && (comilla < 0 || comilla > salto)) {
    const fin = texto[salto - 1] === '\r' && salto > desde ? salto - 1 : salto
    return { fila: texto.slice(desde, fin).split(','), largo: salto + 1 - desde }
  }
  return salto < 0 && comilla < 0 ? undefined : leerConComillas(texto, desde, mal)
}

function leerConComillas(texto: string, desde: number, mal: () => never): Fila | undefined {
  const fila: string[] = []
  const campo = /(?:"((?:[^"]|"")*)"|([^",\r\n]*(?:\r(?!\n)[^",\r\n]*)*))(,|\r?\n)/y
  campo.lastIndex = desde
  for (;;) {
    const inicio = campo.lastIndex
    const hallado = campo.exec(texto)
    if (hallado === null) return estaAMedias(texto.slice(inicio)) ? undefined : mal()
    const [, citado, llano = '', final] = hallado
    fila.push(citado === undefined ? llano : citado.replaceAll('""', '"'))
    if (final !== ',') return { fila, largo: campo.lastIndex - desde }
  }
}

/** Si a lo que queda solo le falta llegar, y no está mal escrito. */
function estaAMedias(resto: string): boolean {
  return /^(?:"(?:[^"]|"")*"?\r?|[^"\n]*)$/.test(resto)
}
