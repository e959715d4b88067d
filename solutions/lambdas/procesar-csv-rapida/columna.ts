/**
 * Una columna que se va llenando con los bytes que irán al Parquet (codificación PLAIN: los valores, uno tras otro).
 *
 * El tipo sale de los primeros valores, y de ahí solo puede ensancharse: los enteros caben en una columna DOUBLE, y todo
 * cabe en una de texto. Así basta una pasada, salvo que haya que ensanchar una columna que ya tiene valores escritos.
 */
import { isUtf8 } from 'node:buffer'
import type { CompressionCodec, SchemaElement } from 'hyparquet'
import type { Bloque } from './csv.ts'
import { leerDecimal, leerEntero, leerFecha, leerInstante } from './tipos.ts'

/** Un tipo de columna. */
export interface Tipo {
  parquet: Required<Pick<SchemaElement, 'type'>> & Pick<SchemaElement, 'converted_type'>
  /** Comprimir cuesta tiempo: los textos, que se repiten, se quedan en la cuarta parte; los números, en la mitad. */
  compresion: Extract<CompressionCodec, 'SNAPPY' | 'UNCOMPRESSED'>
  /** Añade una columna del bloque; si algún campo no es de este tipo, `false`. */
  anadir(salida: Salida, bloque: Bloque, columna: Posicion): boolean
  /** El siguiente que probar mientras no haya valores de este. */
  siguiente?: Tipo
  /** El que acepta los valores de este y algunos más. */
  masAncho?: Tipo
}

/** Una columna entre las demás. */
interface Posicion {
  indice: number
  /** Cuántas hay. */
  total: number
}

/** Bytes que crecen según hace falta. */
export class Salida {
  largo = 0
  bytes = Buffer.allocUnsafeSlow(64 * 1024)
  vista = new DataView(this.bytes.buffer)

  /** Hace sitio para otros tantos bytes. */
  reservar(mas: number): void {
    if (this.largo + mas <= this.bytes.length) return
    const anteriores = this.bytes
    this.bytes = Buffer.allocUnsafeSlow(Math.max(this.largo + mas, anteriores.length * 2))
    this.vista = new DataView(this.bytes.buffer)
    anteriores.copy(this.bytes, 0, 0, this.largo)
  }
}

const TEXTO: Tipo = {
  parquet: { type: 'BYTE_ARRAY', converted_type: 'UTF8' },
  compresion: 'SNAPPY',
  anadir: anadirTextos,
}

const INSTANTE: Tipo = {
  parquet: { type: 'INT64', converted_type: 'TIMESTAMP_MILLIS' },
  compresion: 'UNCOMPRESSED',
  anadir: anadirNumeros({ ancho: 8, leer: leerInstante, poner: ponerEntero }),
  siguiente: TEXTO,
  masAncho: TEXTO,
}

const FECHA: Tipo = {
  parquet: { type: 'INT32', converted_type: 'DATE' },
  compresion: 'UNCOMPRESSED',
  anadir: anadirNumeros({
    ancho: 4,
    leer: leerFecha,
    poner: (vista, posicion, dias) => vista.setInt32(posicion, dias, true),
  }),
  siguiente: INSTANTE,
  masAncho: TEXTO,
}

const DECIMAL: Tipo = {
  parquet: { type: 'DOUBLE' },
  compresion: 'UNCOMPRESSED',
  anadir: anadirNumeros({
    ancho: 8,
    leer: leerDecimal,
    poner: (vista, posicion, valor) => vista.setFloat64(posicion, valor, true),
  }),
  siguiente: FECHA,
  masAncho: TEXTO,
}

const ENTERO: Tipo = {
  parquet: { type: 'INT64' },
  compresion: 'UNCOMPRESSED',
  anadir: anadirNumeros({ ancho: 8, leer: leerEntero, poner: ponerEntero }),
  siguiente: DECIMAL,
  masAncho: DECIMAL,
}

/** Una columna de la tabla. */
export class Columna {
  readonly nombre: string
  tipo: Tipo
  /** Si el tipo cambió cuando ya había valores: los que hay en la salida, o los que salieron, no valen. */
  haCambiado = false
  #salida = new Salida()
  #posicion: Posicion
  #tieneValores = false

  /** @param tipo el que ya se sabe que tiene */
  constructor(nombre: string, posicion: Posicion, tipo: Tipo = ENTERO) {
    this.nombre = nombre
    this.tipo = tipo
    this.#posicion = posicion
  }

  /** Añade los valores de un bloque. */
  anadir(bloque: Bloque): void {
    if (bloque.filas === 0) return
    const { largo } = this.#salida
    while (!this.tipo.anadir(this.#salida, bloque, this.#posicion)) {
      this.#salida.largo = largo
      this.haCambiado ||= this.#tieneValores
      this.tipo = (this.#tieneValores ? this.tipo.masAncho : this.tipo.siguiente) ?? TEXTO
    }
    this.#tieneValores = true
  }

  /** El tipo de la columna entera: si no tiene ningún valor, texto. */
  get tipoFinal(): Tipo {
    return this.#tieneValores ? this.tipo : TEXTO
  }

  get bytesPendientes(): number {
    return this.#salida.largo
  }

  /** Los bytes que hay, hasta que se añada otro bloque, que ocupará su lugar. */
  vaciar(): Buffer {
    const bytes = this.#salida.bytes.subarray(0, this.#salida.largo)
    this.#salida.largo = 0
    return bytes
  }
}

/** Cómo es un tipo cuyos valores ocupan siempre lo mismo. */
interface Numero {
  /** En bytes. */
  ancho: number
  /** El valor de un campo; `NaN` si no lo es. */
  leer(bytes: Buffer, inicio: number, fin: number): number
  poner(vista: DataView, posicion: number, valor: number): void
}

function anadirNumeros({ ancho, leer, poner }: Numero): Tipo['anadir'] {
  return (salida, { bytes, filas, inicios, finales }, { indice, total }) => {
    salida.reservar(filas * ancho)
    for (let fila = 0, campo = indice; fila < filas; fila++, campo += total) {
      const valor = leer(bytes, inicios[campo] ?? 0, finales[campo] ?? 0)
      if (Number.isNaN(valor)) return false
      poner(salida.vista, salida.largo, valor)
      salida.largo += ancho
    }
    return true
  }
}

const DOS_A_LA_32 = 2 ** 32

/** Un entero de 64 bits, en dos mitades: un BigInt por valor sería mucho más lento. */
function ponerEntero(vista: DataView, posicion: number, valor: number): void {
  vista.setInt32(posicion, valor, true) // se queda con los 32 bits de abajo
  vista.setInt32(posicion + 4, Math.floor(valor / DOS_A_LA_32), true)
}

/** Lo que en PLAIN va delante de cada texto: su largo. */
const LARGO_BYTES = 4

function anadirTextos(salida: Salida, bloque: Bloque, { indice, total }: Posicion): true {
  const { bytes, filas, inicios, finales } = bloque
  const sonUtf8 = isUtf8(bytes.subarray(0, finales[filas * total - 1]))
  salida.reservar(bytes.length + filas * LARGO_BYTES)
  for (let fila = 0, campo = indice; fila < filas; fila++, campo += total) {
    const inicio = inicios[campo] ?? 0
    const fin = finales[campo] ?? 0
    if (sonUtf8) copiarTexto(salida, bytes, inicio, fin)
    else anadirReparado(salida, bytes.toString('utf8', inicio, fin))
  }
  return true
}

function copiarTexto(salida: Salida, bytes: Buffer, inicio: number, fin: number): void {
  const destino = salida.bytes
  salida.vista.setUint32(salida.largo, fin - inicio, true)
  let posicion = salida.largo + LARGO_BYTES
  for (let i = inicio; i < fin; i++) destino[posicion++] = bytes[i] ?? 0
  salida.largo = posicion
}

/** Un texto con bytes que no eran UTF-8 y ya no los tiene: puede ocupar más que en el CSV. */
function anadirReparado(salida: Salida, texto: string): void {
  const reparado = Buffer.from(texto)
  salida.reservar(LARGO_BYTES + reparado.length)
  copiarTexto(salida, reparado, 0, reparado.length)
}
