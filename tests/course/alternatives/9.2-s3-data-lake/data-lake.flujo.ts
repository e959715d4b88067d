// Right, as a stream in two passes: the first reads the CSV to check its rows and choose the types, the second writes the
// Parquet while it reads, in parts. Oro adds up row by row with parquetjs-lite's cursor. No whole table in memory.
import { createReadStream } from 'node:fs'
import { PassThrough, Readable } from 'node:stream'
import { pathToFileURL } from 'node:url'
import { CreateBucketCommand, GetObjectCommand, ListBucketsCommand, S3Client } from '@aws-sdk/client-s3'
import { Upload } from '@aws-sdk/lib-storage'
import { CsvError, parse } from 'csv-parse'
import parquetjs, { type ParquetField } from 'parquetjs-lite'

type Tipo = 'INT64' | 'DOUBLE' | 'DATE' | 'TIMESTAMP_MILLIS' | 'UTF8'

const ACEPTA: Record<Tipo, (texto: string) => boolean> = {
  INT64: texto => /^-?(?!0\d)\d{1,15}$/.test(texto),
  DOUBLE: texto => /^[+-]?(?!0\d)(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(texto),
  DATE: texto => /^\d{4}(-\d{2}){2}$/.test(texto) && esDia(texto),
  TIMESTAMP_MILLIS: texto =>
    /^\d{4}(-\d{2}){2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})?$/.test(texto) &&
    esDia(texto.slice(0, 10)) &&
    !Number.isNaN(instante(texto).getTime()),
  UTF8: () => true,
}

const VALOR: Record<Tipo, (texto: string) => unknown> = {
  INT64: BigInt,
  DOUBLE: Number,
  DATE: texto => new Date(texto),
  TIMESTAMP_MILLIS: instante,
  UTF8: String,
}

function esDia(texto: string): boolean {
  const fecha = new Date(`${texto}T00:00:00Z`)
  return !Number.isNaN(fecha.getTime()) && fecha.toISOString().startsWith(texto)
}

function instante(texto: string): Date {
  return new Date(/[Z+]|-\d{2}:\d{2}$/.test(texto.slice(10)) ? texto : `${texto}Z`)
}

export async function crearEstructura(s3: S3Client, bucket: string): Promise<void> {
  const { Buckets = [] } = await s3.send(new ListBucketsCommand({ Prefix: bucket }))
  if (!Buckets.some(({ Name }) => Name === bucket)) await s3.send(new CreateBucketCommand({ Bucket: bucket }))
}

export async function ingestarBronce(
  s3: S3Client,
  bucket: string,
  archivo: string,
  destino: string,
): Promise<void> {
  const params = { Bucket: bucket, Key: `raw/${destino}`, Body: createReadStream(archivo) }
  await new Upload({ client: s3, params }).done()
}

export async function limpiarPlata(
  s3: S3Client,
  bucket: string,
  origen: string,
  destino: string,
): Promise<number> {
  const abrir = origen.endsWith('.json') ? filasDeJson : filasDeCsv
  const key = `raw/${origen}`
  const esquema = new Map<string, Tipo[]>()
  let nombres: string[] | undefined
  let filas = 0
  for await (const fila of abrir(s3, bucket, key)) {
    if (nombres === undefined) {
      nombres = numerar(fila)
      for (const nombre of nombres) esquema.set(nombre, Object.keys(ACEPTA) as Tipo[])
      continue
    }
    if (estaIncompleta(fila)) continue
    filas++
    for (const [i, nombre] of nombres.entries()) {
      const texto = (fila[i] as string).trim()
      esquema.set(
        nombre,
        (esquema.get(nombre) as Tipo[]).filter(tipo => ACEPTA[tipo](texto)),
      )
    }
  }
  if (nombres === undefined) throw new Error('el archivo no tiene cabecera')
  const tipos = nombres.map(nombre => (filas === 0 ? 'UTF8' : (esquema.get(nombre)?.[0] as Tipo)))
  await escribir(
    s3,
    { bucket, key: `processed/${destino}` },
    nombres,
    tipos,
    limpias(abrir(s3, bucket, key), tipos),
  )
  return filas
}

async function* limpias(filas: AsyncIterable<string[]>, tipos: Tipo[]): AsyncIterable<unknown[]> {
  let esCabecera = true
  for await (const fila of filas) {
    if (!esCabecera && !estaIncompleta(fila))
      yield tipos.map((tipo, i) => VALOR[tipo]((fila[i] as string).trim()))
    esCabecera = false
  }
}

function estaIncompleta(fila: string[]): boolean {
  return fila.some(campo => ['', 'NA', 'N/A', 'NULL', 'null', 'NaN', 'nan', 'None'].includes(campo.trim()))
}

function numerar(titulos: string[]): string[] {
  const vistos: string[] = []
  for (const titulo of titulos) {
    const base = titulo.trim().replaceAll(/\s+/g, '_').toLowerCase()
    if (base.length === 0) throw new Error('hay una columna sin nombre')
    let sufijo = ''
    let n = 1
    while (vistos.includes(base + sufijo)) sufijo = `_${++n}`
    vistos.push(base + sufijo)
  }
  return vistos
}

async function* filasDeCsv(s3: S3Client, bucket: string, key: string): AsyncIterable<string[]> {
  const saltos: number[] = []
  let inicio = 0
  let ancho = -1
  let fallo: Error | undefined
  const rota = (motivo: string): Error =>
    new Error(`${motivo} (fila de la línea ${saltos.filter(salto => salto < inicio).length + 1})`)
  const lector = parse({
    bom: true,
    record_delimiter: ['\n', '\r\n'],
    relax_column_count: true,
    on_record: (fila: string[], { bytes }) => {
      // A blank line is one field, with nothing but the newline between the bytes of two rows.
      const enBlanco =
        fila.length === 1 && fila[0]?.trim() === '' && bytes - inicio <= 2 + Buffer.byteLength(fila[0])
      if (ancho === -1) ancho = fila.length
      if (enBlanco) fallo ??= rota('una línea en blanco')
      if (fila.length !== ancho) fallo ??= rota('sobran o faltan campos')
      inicio = bytes
      return fallo === undefined ? fila : null
    },
  })
  lector.on('error', error => {
    fallo ??= error instanceof CsvError ? rota('comillas') : error
  })
  const origen = Readable.from(anotarSaltos(await cuerpo(s3, bucket, key), saltos))
  origen.on('error', error => lector.destroy(error))
  origen.pipe(lector)
  try {
    for await (const fila of lector) yield fila
  } catch (error) {
    throw fallo ?? error
  }
  if (fallo !== undefined) throw fallo
}

async function* anotarSaltos(trozos: AsyncIterable<Uint8Array>, saltos: number[]): AsyncIterable<Uint8Array> {
  let leidos = 0
  for await (const trozo of trozos) {
    for (let i = trozo.indexOf(10); i !== -1; i = trozo.indexOf(10, i + 1)) saltos.push(leidos + i)
    leidos += trozo.length
    yield trozo
  }
}

async function* filasDeJson(s3: S3Client, bucket: string, key: string): AsyncIterable<string[]> {
  const trozos: Uint8Array[] = []
  for await (const trozo of await cuerpo(s3, bucket, key)) trozos.push(trozo)
  const objetos: Record<string, unknown>[] = JSON.parse(Buffer.concat(trozos).toString('utf8'))
  const claves = Object.keys(Object.assign({}, ...objetos))
  if (claves.length > 0) yield claves
  for (const objeto of objetos) yield claves.map(clave => String(objeto[clave] ?? 'None'))
}

async function cuerpo(s3: S3Client, bucket: string, key: string): Promise<AsyncIterable<Uint8Array>> {
  const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }))
  if (!(Body instanceof Readable)) throw new Error(`${key} no trae contenido`)
  return Body
}

async function escribir(
  s3: S3Client,
  { bucket, key }: { bucket: string; key: string },
  nombres: string[],
  tipos: Tipo[],
  filas: AsyncIterable<unknown[]> | Iterable<unknown[]>,
): Promise<void> {
  const campos = nombres.map((nombre, i): [string, ParquetField] => [
    nombre,
    { type: tipos[i] as Tipo, compression: 'SNAPPY', statistics: false },
  ])
  const tubo = new PassThrough()
  const subida = new Upload({ client: s3, params: { Bucket: bucket, Key: key, Body: tubo } })
  const fin = subida.done()
  try {
    const esquema = new parquetjs.ParquetSchema(Object.fromEntries(campos))
    const escritor = await parquetjs.ParquetWriter.openStream(esquema, tubo, {
      useDataPageV2: false,
      rowGroupSize: 5,
    })
    for await (const fila of filas) {
      await escritor.appendRow(Object.fromEntries(nombres.map((nombre, i) => [nombre, fila[i]])))
    }
    await escritor.close()
  } catch (error) {
    await subida.abort()
    await fin.catch(() => undefined)
    throw error
  }
  await fin
}

export async function agregarOro(
  s3: S3Client,
  bucket: string,
  origen: string,
  destino: string,
  grupo: string,
  metricas: Record<string, ('sum' | 'mean' | 'count')[]>,
): Promise<void> {
  const trozos: Uint8Array[] = []
  for await (const trozo of await cuerpo(s3, bucket, `processed/${origen}`)) trozos.push(trozo)
  const lector = await parquetjs.ParquetReader.openBuffer(Buffer.concat(trozos))
  const campo = lector.schema.fieldList.find(({ name }) => name === grupo)
  if (campo === undefined) throw new Error(`falta la columna ${grupo}`)
  const tipo = (campo.originalType ?? campo.primitiveType) as Tipo
  const sumas = new Map<string, { clave: bigint | Date; n: number; de: Map<string, number> }>()
  // Only the columns it needs: this library cannot read an instant.
  const cursor = lector.getCursor([grupo, ...Object.keys(metricas)].map(nombre => [nombre]))
  for (let fila = await cursor.next(); fila !== null; fila = await cursor.next()) {
    const clave = fila[grupo] as bigint | Date
    const huella = clave instanceof Date ? clave.toISOString() : String(clave)
    const suma = sumas.get(huella) ?? { clave, n: 0, de: new Map() }
    suma.n += 1
    for (const metrica of Object.keys(metricas)) {
      suma.de.set(metrica, (suma.de.get(metrica) ?? 0) + Number(fila[metrica]))
    }
    sumas.set(huella, suma)
  }
  await lector.close()
  const grupos = [...sumas.values()].sort((a, b) => Number(a.clave > b.clave) - Number(a.clave < b.clave))
  const columnas = Object.entries(metricas).flatMap(([metrica, fs]) => fs.map(f => ({ metrica, f })))
  const filas = grupos.map(({ clave, n, de }) => [
    clave,
    ...columnas.map(({ metrica, f }) =>
      f === 'count' ? n : (de.get(metrica) as number) / (f === 'mean' ? n : 1),
    ),
  ])
  const nombres = [grupo, ...columnas.map(({ metrica, f }) => `${metrica}_${f}`)]
  const tipos: Tipo[] = [tipo, ...columnas.map(({ f }): Tipo => (f === 'count' ? 'INT64' : 'DOUBLE'))]
  await escribir(s3, { bucket, key: `curated/${destino}` }, nombres, tipos, filas)
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const bucket = String(process.env.BUCKET)
  const s3 = new S3Client({ forcePathStyle: process.env.AWS_ENDPOINT_URL !== undefined })
  await crearEstructura(s3, bucket)
  for (const [archivo, bruto, plata] of [
    ['datos/ventas_ejemplo.csv', 'ventas_2024.csv', 'ventas.parquet'],
    ['datos/clientes.json', 'clientes.json', 'clientes.parquet'],
  ] as const) {
    await ingestarBronce(s3, bucket, archivo, bruto)
    await limpiarPlata(s3, bucket, bruto, plata)
  }
  const metricas = { monto: ['sum' as const, 'mean' as const, 'count' as const] }
  await agregarOro(s3, bucket, 'ventas.parquet', 'kpis_categoria.parquet', 'categoria', metricas)
}
