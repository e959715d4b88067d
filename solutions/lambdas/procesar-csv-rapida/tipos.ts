/** Los valores de cada tipo, leídos de los bytes de un campo; `NaN` si el campo no es de ese tipo. */

const MAS = 0x2b
const MENOS = 0x2d
const PUNTO = 0x2e
const CERO = 0x30
const NUEVE = 0x39

/** Las cifras de un número que un `number` guarda siempre exacto. */
const CIFRAS_EXACTAS = 15

/** Las potencias de diez de esas cifras, también exactas: el cociente de dos números exactos es el `number` más cercano. */
const POTENCIAS = Array.from({ length: CIFRAS_EXACTAS + 1 }, (_, exponente) => 10 ** exponente)

/** Un entero de hasta 15 cifras, sin ceros delante. */
export function leerEntero(bytes: Buffer, inicio: number, fin: number): number {
  const esNegativo = bytes[inicio] === MENOS
  const primera = esNegativo ? inicio + 1 : inicio
  const cifras = fin - primera
  if (cifras < 1 || cifras > CIFRAS_EXACTAS || (cifras > 1 && bytes[primera] === CERO)) return Number.NaN
  let valor = 0
  for (let i = primera; i < fin; i++) {
    const byte = bytes[i] ?? 0
    if (byte < CERO || byte > NUEVE) return Number.NaN
    valor = valor * 10 + (byte - CERO)
  }
  return esNegativo ? -valor : valor
}

/** Un número con punto decimal o sin él, y con exponente o sin él; sin ceros delante. */
export function leerDecimal(bytes: Buffer, inicio: number, fin: number): number {
  const signo = bytes[inicio]
  const primera = signo === MENOS || signo === MAS ? inicio + 1 : inicio
  let valor = 0
  let punto = fin
  for (let i = primera; i < fin; i++) {
    const byte = bytes[i] ?? 0
    if (byte === PUNTO && punto === fin) punto = i
    else if (byte < CERO || byte > NUEVE) return leerDecimalRaro(bytes, inicio, fin)
    else valor = valor * 10 + (byte - CERO)
  }
  const enteras = punto - primera
  const decimales = punto === fin ? 0 : fin - punto - 1
  const cifras = enteras + decimales
  if (cifras < 1 || cifras > CIFRAS_EXACTAS) return leerDecimalRaro(bytes, inicio, fin)
  if (enteras > 1 && bytes[primera] === CERO) return Number.NaN
  const absoluto = valor / (POTENCIAS[decimales] ?? 1)
  return signo === MENOS ? -absoluto : absoluto
}

/** Los que llevan exponente o muchas cifras, y lo que no es un número. */
function leerDecimalRaro(bytes: Buffer, inicio: number, fin: number): number {
  const texto = bytes.toString('latin1', inicio, fin)
  const forma = /^[+-]?((0|[1-9]\d*)(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i
  return forma.test(texto) ? Number(texto) : Number.NaN
}

const LARGO_DE_UNA_FECHA = 'AAAA-MM-DD'.length

/** Los días desde 1970 de una fecha `AAAA-MM-DD` que exista. */
export function leerFecha(bytes: Buffer, inicio: number, fin: number): number {
  if (fin - inicio !== LARGO_DE_UNA_FECHA) return Number.NaN
  if (bytes[inicio + 4] !== MENOS || bytes[inicio + 7] !== MENOS) return Number.NaN
  const ano = leerCifras(bytes, inicio, inicio + 4)
  const mes = leerCifras(bytes, inicio + 5, inicio + 7)
  const dia = leerCifras(bytes, inicio + 8, fin)
  const esDelCalendario = ano >= 0 && mes >= 1 && mes <= 12 && dia >= 1 && dia <= diasDelMes(ano, mes)
  return esDelCalendario ? diasDesde1970(ano, mes, dia) : Number.NaN
}

function leerCifras(bytes: Buffer, inicio: number, fin: number): number {
  let valor = 0
  for (let i = inicio; i < fin; i++) {
    const byte = bytes[i] ?? 0
    if (byte < CERO || byte > NUEVE) return Number.NaN
    valor = valor * 10 + (byte - CERO)
  }
  return valor
}

const DIAS_DE_UN_MES = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

function diasDelMes(ano: number, mes: number): number {
  const esBisiesto = ano % 4 === 0 && (ano % 100 !== 0 || ano % 400 === 0)
  return mes === 2 && esBisiesto ? 29 : (DIAS_DE_UN_MES[mes - 1] ?? 0)
}

/** Cuenta con años que empiezan en marzo: así el día que sobra en los bisiestos es el último. */
function diasDesde1970(ano: number, mes: number, dia: number): number {
  const anoDesdeMarzo = mes > 2 ? ano : ano - 1
  const mesDesdeMarzo = (mes + 9) % 12
  const bisiestos =
    Math.floor(anoDesdeMarzo / 4) - Math.floor(anoDesdeMarzo / 100) + Math.floor(anoDesdeMarzo / 400)
  const diasHastaElMes = Math.floor((153 * mesDesdeMarzo + 2) / 5)
  return anoDesdeMarzo * 365 + bisiestos + diasHastaElMes + dia - 719_469
}

const DIA_MS = 86_400_000

/** Los milisegundos desde 1970 de un instante ISO 8601; si no dice su zona, es UTC. */
export function leerInstante(bytes: Buffer, inicio: number, fin: number): number {
  const mediodia = inicio + LARGO_DE_UNA_FECHA
  const dias = leerFecha(bytes, inicio, mediodia)
  if (Number.isNaN(dias)) return Number.NaN
  const hora = bytes.toString('latin1', mediodia, fin)
  const forma = /^T([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d+)?)?(?<zona>Z|[+-]([01]\d|2[0-3]):[0-5]\d)?$/
  const partes = forma.exec(hora)
  if (partes === null) return Number.NaN
  return dias * DIA_MS + Date.parse(`1970-01-01${hora}${partes.groups?.zona === undefined ? 'Z' : ''}`)
}
