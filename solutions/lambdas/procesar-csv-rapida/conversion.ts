/** De los bytes de un CSV a los de su Parquet, en una pasada. */
import { Columna, type Tipo } from './columna.ts'
import { LectorCsv } from './csv.ts'
import { EscritorParquet } from './parquet.ts'

/** Bytes que se juntan en un grupo de filas. */
const GRUPO_BYTES = 2 * 1024 * 1024

/** Una columna cambió de tipo cuando parte del Parquet ya estaba escrita: hay que volver a empezar, con estos tipos. */
export class TiposCambiados extends Error {
  readonly tipos: readonly Tipo[]

  constructor(tipos: readonly Tipo[]) {
    super('los tipos que se suponían no valen')
    this.name = 'TiposCambiados'
    this.tipos = tipos
  }
}

/** La conversión de un archivo. */
export class Conversion {
  /** Las filas que llevan escritas. */
  filas = 0
  readonly #tipos: readonly Tipo[]
  #filasDelGrupo = 0

  /** @param tipos los de las columnas, si ya se saben */
  constructor(tipos: readonly Tipo[] = []) {
    this.#tipos = tipos
  }

  /** El Parquet de un CSV; si los tipos cambian a mitad, lo lee hasta el final y lanza {@link TiposCambiados}. */
  async *convertir(trozos: AsyncIterable<Buffer>): AsyncGenerator<Uint8Array> {
    const lector = new LectorCsv()
    const escritor = new EscritorParquet()
    let columnas: Columna[] = []
    for await (const bloque of lector.leer(trozos)) {
      if (columnas.length === 0) columnas = this.#crearColumnas(lector.cabecera)
      for (const columna of columnas) columna.anadir(bloque)
      this.#filasDelGrupo += bloque.filas
      if (columnas.some(({ haCambiado }) => haCambiado)) for (const columna of columnas) columna.vaciar()
      else if (pesoDe(columnas) >= GRUPO_BYTES) yield* this.#escribirGrupo(escritor, columnas)
    }
    if (columnas.some(({ haCambiado }) => haCambiado)) {
      throw new TiposCambiados(columnas.map(({ tipoFinal }) => tipoFinal))
    }
    if (this.#filasDelGrupo > 0) yield* this.#escribirGrupo(escritor, columnas)
    yield escritor.terminar(columnas)
  }

  #crearColumnas(cabecera: readonly string[]): Columna[] {
    const total = cabecera.length
    return limpiarNombres(cabecera).map(
      (nombre, indice) => new Columna(nombre, { indice, total }, this.#tipos[indice]),
    )
  }

  *#escribirGrupo(escritor: EscritorParquet, columnas: readonly Columna[]): Generator<Uint8Array> {
    yield* escritor.grupo(columnas, this.#filasDelGrupo)
    this.filas += this.#filasDelGrupo
    this.#filasDelGrupo = 0
  }
}

function pesoDe(columnas: readonly Columna[]): number {
  return columnas.reduce((bytes, { bytesPendientes }) => bytes + bytesPendientes, 0)
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
