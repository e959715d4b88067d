/**
 * El CSV, sin una sola cadena de JavaScript por campo: de cada bloque de bytes se apunta dónde empieza y dónde acaba cada
 * campo, y los campos se quedan donde están.
 */

/** Unas filas completas del CSV: las que no tienen todos sus datos ya no están. */
export interface Bloque {
  bytes: Buffer
  filas: number
  /** El campo de la fila f y la columna c, recortado, va de `inicios[i]` a `finales[i]`, con i = f × columnas + c. */
  inicios: Int32Array
  finales: Int32Array
}

const COMILLA = 0x22
const COMA = 0x2c
const SALTO = 0x0a
const RETORNO = 0x0d
const ESPACIO = 0x20
const PRIMER_BYTE_NO_ASCII = 0x80

/** Bytes que se juntan antes de mirarlos: caben en la caché del procesador. */
const BLOQUE_BYTES = 512 * 1024

const BOM = Buffer.from([0xef, 0xbb, 0xbf])

/** Un campo que, recortado, es uno de estos textos no trae dato; todos empiezan por `N` o por `n`. */
const FALTANTES = new Set(['NA', 'N/A', 'NULL', 'null', 'NaN', 'nan', 'None'])

/** Lee un CSV según llegan sus bytes; una fila mal formada es un error que nombra la línea en la que empieza. */
export class LectorCsv {
  /** Los nombres de la cabecera, tal como vienen; vacío hasta que se lee. */
  cabecera: string[] = []
  #memoria = Buffer.allocUnsafeSlow(2 * BLOQUE_BYTES)
  #guardados = 0
  #esElPrimero = true
  #linea = 1
  #campos = 0
  #inicios = new Int32Array(BLOQUE_BYTES + 1)
  #finales = new Int32Array(BLOQUE_BYTES + 1)
  /** De la fila que se está leyendo: saltos de línea entre comillas, si la leída es la última, campos con `""`. */
  #saltos = 0
  #esUltimo = false
  #conDobles: number[] = []

  /** Los bloques de un CSV; hay que acabar con cada uno antes de pedir el siguiente, que ocupa su lugar en la memoria. */
  async *leer(trozos: AsyncIterable<Buffer>): AsyncGenerator<Bloque> {
    for await (const trozo of trozos) {
      this.#guardar(trozo)
      if (this.#guardados < BLOQUE_BYTES) continue
      const bytes = this.#quitarBom()
      const fin = this.#leerFilas(bytes)
      yield this.#entregar(bytes)
      bytes.copy(this.#memoria, 0, fin) // la fila que no acaba, al principio, para el bloque siguiente
      this.#guardados = bytes.length - fin
    }
    this.#esUltimo = true
    const bytes = this.#quitarBom()
    this.#leerFilas(bytes)
    if (this.cabecera.length === 0) throw new Error('el archivo está vacío')
    yield this.#entregar(bytes)
  }

  #guardar(trozo: Buffer): void {
    const necesarios = this.#guardados + trozo.length
    if (necesarios > this.#memoria.length) {
      const anterior = this.#memoria
      this.#memoria = Buffer.allocUnsafeSlow(necesarios * 2)
      anterior.copy(this.#memoria, 0, 0, this.#guardados)
    }
    this.#guardados += trozo.copy(this.#memoria, this.#guardados)
  }

  /** Los bytes guardados, sin la marca que algunos programas ponen al principio del archivo. */
  #quitarBom(): Buffer {
    const bytes = this.#memoria.subarray(0, this.#guardados)
    const empieza = this.#esElPrimero && bytes.subarray(0, BOM.length).equals(BOM)
    this.#esElPrimero = false
    return empieza ? bytes.subarray(BOM.length) : bytes
  }

  #entregar(bytes: Buffer): Bloque {
    const filas = this.#campos / (this.cabecera.length || 1)
    this.#campos = 0
    return { bytes, filas, inicios: this.#inicios, finales: this.#finales }
  }

  /** Apunta los campos de las filas que acaban en estos bytes, y da dónde empieza la que no acaba. */
  #leerFilas(bytes: Buffer): number {
    if (bytes.length >= this.#inicios.length) {
      this.#inicios = new Int32Array(bytes.length + 1)
      this.#finales = new Int32Array(bytes.length + 1)
    }
    let posicion = 0
    while (posicion < bytes.length) {
      const primero = this.#campos
      const fin = this.#leerFila(bytes, posicion)
      if (fin === undefined) {
        this.#campos = primero
        break
      }
      this.#cerrarFila(bytes, primero, posicion)
      posicion = fin
    }
    return posicion
  }

  /** Apunta los campos de una fila y da dónde empieza la siguiente; `undefined` si no acaba en estos bytes. */
  #leerFila(bytes: Buffer, inicio: number): number | undefined {
    this.#saltos = 0
    this.#conDobles.length = 0
    let posicion = inicio
    for (;;) {
      const fin =
        bytes[posicion] === COMILLA
          ? this.#leerEntreComillas(bytes, posicion + 1)
          : this.#leerSinComillas(bytes, posicion)
      if (fin === undefined || (fin >= bytes.length && !this.#esUltimo)) return undefined
      this.#campos++
      if (bytes[fin] !== COMA) return bytes[fin] === RETORNO ? fin + 2 : fin + 1
      posicion = fin + 1
    }
  }

  #leerSinComillas(bytes: Buffer, inicio: number): number | undefined {
    let fin = inicio
    for (; fin < bytes.length; fin++) {
      const byte = bytes[fin]
      if (byte === COMA || byte === SALTO) break
      if (byte === COMILLA) throw this.#malFormada('las comillas están mal puestas')
    }
    this.#apuntar(bytes, inicio, fin)
    return fin
  }

  #leerEntreComillas(bytes: Buffer, inicio: number): number | undefined {
    let fin = inicio
    for (; ; fin++) {
      if (fin >= bytes.length - 1 && !this.#esUltimo) return undefined
      if (fin >= bytes.length) throw this.#malFormada('las comillas no se cierran')
      if (bytes[fin] === SALTO) this.#saltos++
      if (bytes[fin] !== COMILLA) continue
      if (bytes[fin + 1] !== COMILLA) break
      if (this.#conDobles.at(-1) !== this.#campos) this.#conDobles.push(this.#campos)
      fin++
    }
    this.#apuntar(bytes, inicio, fin)
    const despues = bytes[fin + 1]
    if (despues === RETORNO && fin + 2 >= bytes.length && !this.#esUltimo) return undefined
    const acaba = despues === undefined || despues === COMA || despues === SALTO
    if (!acaba && !(despues === RETORNO && bytes[fin + 2] === SALTO)) {
      throw this.#malFormada('hay texto detrás de unas comillas')
    }
    return fin + 1
  }

  #apuntar(bytes: Buffer, desde: number, hasta: number): void {
    let inicio = desde
    let fin = hasta
    for (let largo = 1; inicio < fin && largo > 0; inicio += largo) largo = largoDelBlanco(bytes, inicio)
    while (inicio < fin) {
      const ultimo = inicioDelCaracter(bytes, fin - 1, inicio)
      if (largoDelBlanco(bytes, ultimo) !== fin - ultimo) break
      fin = ultimo
    }
    this.#inicios[this.#campos] = inicio
    this.#finales[this.#campos] = fin
  }

  /** Comprueba la fila que acaba de leerse; si es la cabecera o le falta algún dato, la quita de las apuntadas. */
  #cerrarFila(bytes: Buffer, primero: number, posicion: number): void {
    const leidos = this.#campos - primero
    const esperados = this.cabecera.length || leidos
    const enBlanco =
      leidos === 1 && this.#inicios[primero] === this.#finales[primero] && bytes[posicion] !== COMILLA
    if (enBlanco) throw this.#malFormada('está en blanco')
    if (leidos !== esperados) throw this.#malFormada(`tiene ${leidos} campos y la cabecera ${esperados}`)
    this.#linea += 1 + this.#saltos
    for (const campo of this.#conDobles) this.#desdoblar(bytes, campo)
    if (this.cabecera.length === 0) this.cabecera = this.#textos(bytes, primero)
    else if (!this.#faltaAlguno(bytes, primero)) return
    this.#campos = primero
  }

  #textos(bytes: Buffer, primero: number): string[] {
    return Array.from({ length: this.#campos - primero }, (_, i) =>
      bytes.toString('utf8', this.#inicios[primero + i], this.#finales[primero + i]),
    )
  }

  #faltaAlguno(bytes: Buffer, primero: number): boolean {
    for (let campo = primero; campo < this.#campos; campo++) {
      if (esFaltante(bytes, this.#inicios[campo] ?? 0, this.#finales[campo] ?? 0)) return true
    }
    return false
  }

  /** Deja en una cada dos comillas de un campo, en su sitio. */
  #desdoblar(bytes: Buffer, campo: number): void {
    const inicio = this.#inicios[campo] ?? 0
    const texto = bytes.toString('latin1', inicio, this.#finales[campo]).replaceAll('""', '"')
    this.#finales[campo] = inicio + bytes.write(texto, inicio, 'latin1')
  }

  #malFormada(motivo: string): Error {
    return new Error(`línea ${this.#linea}: ${motivo}`)
  }
}

function esFaltante(bytes: Buffer, inicio: number, fin: number): boolean {
  if (fin === inicio) return true
  if (fin - inicio > 4 || ((bytes[inicio] ?? 0) | ESPACIO) !== 0x6e) return false // 0x6e: n; con ESPACIO, también N
  return FALTANTES.has(bytes.toString('latin1', inicio, fin))
}

/** Cuántos bytes ocupa el blanco que empieza ahí; 0 si no es un blanco. */
function largoDelBlanco(bytes: Buffer, posicion: number): number {
  const byte = bytes[posicion] ?? 0
  if (byte < PRIMER_BYTE_NO_ASCII) return byte === ESPACIO || (byte >= 9 && byte <= 13) ? 1 : 0
  // Los demás blancos de Unicode empiezan por C2 o ocupan tres bytes; una letra con tilde, ni lo uno ni lo otro.
  const largo = byte === 0xc2 ? 2 : byte >= 0xe1 && byte <= 0xef ? 3 : 0
  return largo > 0 && bytes.toString('utf8', posicion, posicion + largo).trim() === '' ? largo : 0
}

/** Dónde empieza el carácter que acaba en `ultimo`. */
function inicioDelCaracter(bytes: Buffer, ultimo: number, minimo: number): number {
  let inicio = ultimo
  while (inicio > minimo && ((bytes[inicio] ?? 0) & 0xc0) === 0x80) inicio--
  return inicio
}
