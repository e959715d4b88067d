// Right, with other tools: an automaton of its own for CSV, no Arrow, and hyparquet-writer for Parquet, whose columns it
// stores as differently as the format allows: optional, with dictionaries, instants in microseconds, uncompressed.
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { pathToFileURL } from 'node:url'
import {
  CreateBucketCommand,
  GetObjectCommand,
  HeadBucketCommand,
  NotFound,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3'
import { parquetMetadata, parquetRead, type SchemaElement } from 'hyparquet'
import { parquetWriteBuffer } from 'hyparquet-writer'

type Clase = 'INT64' | 'DOUBLE' | 'DATE' | 'TIMESTAMP' | 'STRING'

type Valor = bigint | number | string | Date

interface Columna {
  nombre: string
  clase: Clase
  valores: Valor[]
}

const FISICAS: Record<Clase, Omit<SchemaElement, 'name'>> = {
  INT64: {
    type: 'INT64',
    converted_type: 'INT_64',
    logical_type: { type: 'INTEGER', bitWidth: 64, isSigned: true },
  },
  DOUBLE: { type: 'DOUBLE' },
  DATE: { type: 'INT32', converted_type: 'DATE', logical_type: { type: 'DATE' } },
  TIMESTAMP: { type: 'INT64', logical_type: { type: 'TIMESTAMP', isAdjustedToUTC: true, unit: 'MICROS' } },
  STRING: { type: 'BYTE_ARRAY', converted_type: 'UTF8', logical_type: { type: 'STRING' } },
}

export async function crearEstructura(s3: S3Client, bucket: string): Promise<void> {
  try {
    await s3.send(new HeadBucketCommand({ Bucket: bucket }))
  } catch (error) {
    if (!(error instanceof NotFound)) throw error
    await s3.send(new CreateBucketCommand({ Bucket: bucket }))
    for (const capa of ['raw/', 'processed/', 'curated/']) {
      await s3.send(new PutObjectCommand({ Bucket: bucket, Key: capa, ContentLength: 0 }))
    }
  }
}

export async function ingestarBronce(
  s3: S3Client,
  bucket: string,
  archivo: string,
  destino: string,
): Promise<void> {
  const { size } = await stat(archivo)
  const Body = createReadStream(archivo)
  await s3.send(new PutObjectCommand({ Bucket: bucket, Key: `raw/${destino}`, Body, ContentLength: size }))
}

export async function limpiarPlata(
  s3: S3Client,
  bucket: string,
  origen: string,
  destino: string,
): Promise<number> {
  const texto = new TextDecoder().decode(await leer(s3, bucket, `raw/${origen}`))
  const [cabecera, ...filas] = /\.json$/i.test(origen) ? desdeJson(texto) : desdeCsv(texto)
  if (cabecera === undefined) throw new Error('no hay ni cabecera')
  const nombres = renombrar(cabecera)
  const sinDato = /^(|NA|N\/A|NULL|null|NaN|nan|None)$/
  const limpias = filas
    .map(fila => fila.map(campo => campo.trim()))
    .filter(fila => !fila.some(c => sinDato.test(c)))
  const columnas = nombres.map((name, i) =>
    columnaDe(
      name,
      limpias.map(fila => fila[i] as string),
    ),
  )
  await escribir(s3, bucket, `processed/${destino}`, columnas)
  return limpias.length
}

export async function agregarOro(
  s3: S3Client,
  bucket: string,
  origen: string,
  destino: string,
  grupo: string,
  metricas: Record<string, ('sum' | 'mean' | 'count')[]>,
): Promise<void> {
  const file = Uint8Array.from(await leer(s3, bucket, `processed/${origen}`)).buffer
  const elemento = parquetMetadata(file).schema.find(({ name }) => name === grupo)
  if (elemento === undefined) throw new Error(`no existe ${grupo}`)
  const cuentas = new Map<unknown, Cuenta>()
  await parquetRead({
    file,
    rowFormat: 'object',
    onComplete: filas => {
      for (const fila of filas) contar(cuentas, fila, grupo, Object.keys(metricas))
    },
  })
  const enOrden = [...cuentas.values()].sort((a, b) => (a.clave > b.clave ? 1 : -1))
  const clase = claseDe(elemento.converted_type ?? elemento.type)
  const oro: Columna[] = [{ nombre: grupo, clase, valores: enOrden.map(({ clave }) => clave) }]
  for (const [columna, funciones] of Object.entries(metricas)) {
    for (const funcion of funciones) oro.push(agregado(columna, funcion, enOrden))
  }
  await escribir(s3, bucket, `curated/${destino}`, oro)
}

interface Cuenta {
  clave: Valor
  filas: number
  sumas: Record<string, number>
}

function contar(
  cuentas: Map<unknown, Cuenta>,
  fila: Record<string, Valor>,
  grupo: string,
  columnas: string[],
): void {
  const clave = fila[grupo] as Valor
  const identidad = clave instanceof Date ? clave.getTime() : clave
  const cuenta = cuentas.get(identidad) ?? { clave, filas: 0, sumas: {} }
  cuenta.filas++
  for (const columna of columnas) cuenta.sumas[columna] = (cuenta.sumas[columna] ?? 0) + Number(fila[columna])
  cuentas.set(identidad, cuenta)
}

function agregado(columna: string, funcion: 'sum' | 'mean' | 'count', grupos: Cuenta[]): Columna {
  const nombre = `${columna}_${funcion}`
  if (funcion === 'count')
    return { nombre, clase: 'INT64', valores: grupos.map(({ filas }) => BigInt(filas)) }
  const valores = grupos.map(({ filas, sumas }) => (sumas[columna] ?? 0) / (funcion === 'mean' ? filas : 1))
  return { nombre, clase: 'DOUBLE', valores }
}

type Estado = 'inicio' | 'llano' | 'comillas' | 'salida'

/** Qué pasa con un carácter en cada estado; lo que no está aquí es una comilla fuera de sitio. */
const PASOS: Record<Estado, Partial<Record<'comilla' | 'otro', Estado>>> = {
  inicio: { comilla: 'comillas', otro: 'llano' },
  llano: { otro: 'llano' },
  comillas: { comilla: 'salida', otro: 'comillas' },
  // Dos comillas seguidas son una, y seguimos dentro.
  salida: { comilla: 'comillas' },
}

/** Un autómata de cuatro estados, carácter a carácter. */
function desdeCsv(texto: string): string[][] {
  const filas: string[][] = []
  let campos = ['']
  let estado: Estado = 'inicio'
  let inicio = 0
  const mal = (motivo: string): never => {
    throw new Error(`${motivo}: mira la línea ${texto.slice(0, inicio).split('\n').length}`)
  }
  const cerrarFila = (hasta: number): void => {
    if (texto.slice(inicio, hasta).trim() === '') mal('hay una línea en blanco')
    if (filas[0] !== undefined && filas[0].length !== campos.length) mal('no cuadran los campos')
    filas.push(campos)
    campos = ['']
    estado = 'inicio'
    inicio = hasta
  }
  for (let i = 0; i < texto.length; i++) {
    const c = texto.charAt(i)
    const fuera = (estado as Estado) !== 'comillas'
    const salto = fuera ? (/^\r?\n/.exec(texto.slice(i, i + 2))?.[0].length ?? 0) : 0
    if (salto > 0) {
      i += salto - 1
      cerrarFila(i + 1)
    } else if (fuera && c === ',') {
      campos.push('')
      estado = 'inicio'
    } else {
      const antes: Estado = estado
      estado = PASOS[antes][c === '"' ? 'comilla' : 'otro'] ?? mal('una comilla está fuera de sitio')
      if (c !== '"' || antes === 'salida') campos[campos.length - 1] += c
    }
  }
  if ((estado as Estado) === 'comillas') mal('una comilla no se cierra')
  if (inicio < texto.length) cerrarFila(texto.length)
  return filas
}

function desdeJson(texto: string): string[][] {
  const objetos = JSON.parse(texto) as Record<string, unknown>[]
  const claves: string[] = []
  for (const objeto of objetos) for (const clave in objeto) if (!claves.includes(clave)) claves.push(clave)
  return [claves, ...objetos.map(objeto => claves.map(clave => `${objeto[clave] ?? 'NULL'}`))]
}

function renombrar(cabecera: string[]): string[] {
  const nombres: string[] = []
  for (const titulo of cabecera) {
    const base = titulo.trim().split(/\s+/).join('_').toLowerCase()
    if (base === '') throw new Error('una columna no tiene nombre')
    const candidatos = [base, ...cabecera.map((_, i) => `${base}_${i + 2}`)]
    nombres.push(candidatos.find(candidato => !nombres.includes(candidato)) as string)
  }
  return nombres
}

function columnaDe(nombre: string, textos: string[]): Columna {
  const clases: Clase[] = ['INT64', 'DOUBLE', 'DATE', 'TIMESTAMP', 'STRING']
  const validas = textos.reduce((quedan, texto) => quedan.filter(clase => encaja(texto, clase)), clases)
  const clase = textos.length === 0 ? 'STRING' : (validas[0] as Clase)
  return { nombre, clase, valores: textos.map(texto => valor(texto, clase)) }
}

function encaja(texto: string, clase: Clase): boolean {
  const cifras = texto.replace(/^[+-]/, '')
  const conCeros = /^0\d/.test(cifras)
  switch (clase) {
    case 'INT64':
      return !texto.startsWith('+') && /^\d{1,15}$/.test(cifras) && !conCeros
    case 'DOUBLE':
      return /^(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(cifras) && !conCeros
    case 'DATE':
      return /^\d{4}-\d\d-\d\d$/.test(texto) && existe(texto)
    case 'TIMESTAMP':
      return (
        /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)?$/.test(texto) &&
        existe(texto.slice(0, 10)) &&
        !Number.isNaN((valor(texto, clase) as Date).getTime())
      )
    case 'STRING':
      return true
  }
}

/** Un día existe si el calendario lo devuelve igual. */
function existe(dia: string): boolean {
  const [a = 0, m = 0, d = 0] = dia.split('-').map(Number)
  const fecha = new Date(0)
  fecha.setUTCFullYear(a, m - 1, d)
  return fecha.getUTCMonth() === m - 1 && fecha.getUTCDate() === d
}

function valor(texto: string, clase: Clase): Valor {
  if (clase === 'INT64') return BigInt(texto)
  if (clase === 'DOUBLE') return Number.parseFloat(texto)
  if (clase === 'DATE') return new Date(`${texto}T00:00:00Z`)
  if (clase === 'TIMESTAMP') return new Date(/(Z|[+-]\d\d:\d\d)$/.test(texto) ? texto : `${texto}Z`)
  return texto
}

/** `INT64` es un entero o, con otra anotación que hyparquet entiende, un instante: aquí solo agrupan los que hay. */
function claseDe(tipo: string | undefined): Clase {
  if (tipo === 'UTF8') return 'STRING'
  if (tipo?.startsWith('TIMESTAMP')) return 'TIMESTAMP'
  return tipo === 'DATE' || tipo === 'DOUBLE' ? tipo : 'INT64'
}

async function leer(s3: S3Client, bucket: string, key: string): Promise<Uint8Array> {
  const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }))
  return (await Body?.transformToByteArray()) ?? new Uint8Array()
}

async function escribir(s3: S3Client, bucket: string, key: string, columnas: Columna[]): Promise<void> {
  const archivo = parquetWriteBuffer({
    schema: [
      { name: 'lago', num_children: columnas.length },
      ...columnas.map(({ nombre, clase }) => ({
        name: nombre,
        repetition_type: 'OPTIONAL' as const,
        ...FISICAS[clase],
      })),
    ],
    columnData: columnas.map(({ nombre, valores }) => ({ name: nombre, data: valores })),
    codec: 'UNCOMPRESSED',
  })
  await s3.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: new Uint8Array(archivo) }))
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const bucket = process.env.BUCKET ?? ''
  const s3 = new S3Client({ forcePathStyle: true })
  await crearEstructura(s3, bucket)
  await Promise.all([
    ingestarBronce(s3, bucket, 'datos/ventas_ejemplo.csv', 'ventas_2024.csv'),
    ingestarBronce(s3, bucket, 'datos/clientes.json', 'clientes.json'),
  ])
  await Promise.all([
    limpiarPlata(s3, bucket, 'ventas_2024.csv', 'ventas.parquet'),
    limpiarPlata(s3, bucket, 'clientes.json', 'clientes.parquet'),
  ])
  await agregarOro(s3, bucket, 'ventas.parquet', 'kpis_categoria.parquet', 'categoria', {
    monto: ['sum', 'mean', 'count'],
  })
}
