/** Un archivo Parquet a partir de columnas que ya están en bytes: solo falta lo que las rodea. */
import type { RowGroup } from 'hyparquet'
import { ByteWriter } from 'hyparquet-writer'
import { writePageHeader } from 'hyparquet-writer/src/datapage.js'
import { writeMetadata } from 'hyparquet-writer/src/metadata.js'
import { snappyCompress } from 'hyparquet-writer/src/snappy.js'
import type { Columna } from './columna.ts'

/** `PAR1`: así empieza y así acaba un archivo Parquet. */
const MARCA = Buffer.from('PAR1').readUint32LE()

/** Escribe un archivo Parquet con una página por columna y grupo de filas. */
export class EscritorParquet {
  #salida = new ByteWriter()
  #grupos: RowGroup[] = []
  #filas = 0

  constructor() {
    this.#salida.appendUint32(MARCA)
  }

  /** Los bytes de un grupo con lo que hay en las columnas, que quedan vacías. */
  *grupo(columnas: readonly Columna[], filas: number): Generator<Uint8Array> {
    const trozos: RowGroup['columns'] = []
    for (const columna of columnas) {
      const datos = columna.vaciar()
      const pagina = columna.tipo.compresion === 'SNAPPY' ? snappyCompress(datos) : Buffer.from(datos)
      const inicio = this.#salida.offset
      this.#encabezarPagina(filas, { sinComprimir: datos.length, comprimida: pagina.length })
      const encabezado = this.#recoger()
      yield encabezado
      yield pagina
      this.#salida.offset += pagina.length // no pasa por la salida, pero cuenta
      trozos.push(this.#describir(columna, { inicio, filas, sinComprimir: encabezado.length + datos.length }))
    }
    const bytes = trozos.reduce(
      (suma, { meta_data: datos }) => suma + (datos?.total_uncompressed_size ?? 0n),
      0n,
    )
    this.#grupos.push({ columns: trozos, num_rows: BigInt(filas), total_byte_size: bytes })
    this.#filas += filas
  }

  /** El final del archivo: dónde está todo y de qué tipo es. */
  terminar(columnas: readonly Columna[]): Uint8Array {
    const campos = columnas.map(({ nombre, tipoFinal }) => ({
      name: nombre,
      repetition_type: 'REQUIRED' as const,
      ...tipoFinal.parquet,
    }))
    writeMetadata(this.#salida, {
      version: 1,
      schema: [{ name: 'root', num_children: columnas.length }, ...campos],
      num_rows: BigInt(this.#filas),
      row_groups: this.#grupos,
      metadata_length: 0,
    })
    this.#salida.appendUint32(MARCA)
    return this.#recoger()
  }

  #encabezarPagina(
    filas: number,
    { sinComprimir, comprimida }: { sinComprimir: number; comprimida: number },
  ): void {
    writePageHeader(this.#salida, {
      type: 'DATA_PAGE',
      uncompressed_page_size: sinComprimir,
      compressed_page_size: comprimida,
      data_page_header: {
        num_values: filas,
        encoding: 'PLAIN',
        definition_level_encoding: 'RLE',
        repetition_level_encoding: 'RLE',
      },
    })
  }

  #describir(
    { nombre, tipo }: Columna,
    { inicio, filas, sinComprimir }: { inicio: number; filas: number; sinComprimir: number },
  ): RowGroup['columns'][number] {
    return {
      file_offset: BigInt(inicio),
      meta_data: {
        type: tipo.parquet.type,
        encodings: ['PLAIN'],
        path_in_schema: [nombre],
        codec: tipo.compresion,
        num_values: BigInt(filas),
        total_uncompressed_size: BigInt(sinComprimir),
        total_compressed_size: BigInt(this.#salida.offset - inicio),
        data_page_offset: BigInt(inicio),
      },
    }
  }

  #recoger(): Uint8Array {
    const bytes = this.#salida.getBytes().slice()
    this.#salida.index = 0
    return bytes
  }
}
