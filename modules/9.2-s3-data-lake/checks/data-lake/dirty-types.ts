import type { Random } from '../../../../src/core/random.ts'
import { quoted, writeCsv } from './csv-writer.ts'
import { missingTokens } from './oracle.ts'
import { productName, times } from './words.ts'

/** A column of a generated source: its name, and a text for a row. */
interface ColumnMaker {
  readonly name: string
  make(row: number): string
}

/** Writes the columns' rows in any order of columns, with a dropped row whose values would change every type. */
function writeColumns(random: Random, makers: readonly ColumnMaker[]): Buffer {
  const columns = random.shuffle(makers)
  const kept = times(random.integer(7, 11), row => columns.map(({ make }) => make(row)))
  const dropped = columns.map(() => 'no es un número')
  dropped[random.integer(0, columns.length - 1)] = ` ${random.pick(missingTokens)} `
  const rows = [...kept]
  rows.splice(random.integer(1, kept.length - 1), 0, dropped)
  return writeCsv([columns.map(({ name }) => name), ...rows])
}

/** A column whose first texts are given, the rest made. */
function startingWith(name: string, first: readonly string[], make: () => string): ColumnMaker {
  return { name, make: row => first[row] ?? make() }
}

/** Integers, decimals, and texts that look like numbers. */
export function createNumbersCsv(random: Random): Buffer {
  const digits = (length: number): string =>
    `${random.integer(1, 9)}${times(length - 1, () => random.integer(0, 9)).join('')}`
  const integer = (): string => String(random.integer(-5000, 5000))
  const decimal = (): string => `${random.integer(-900, 900)}.${random.integer(0, 9)}${random.integer(1, 9)}`
  return writeColumns(random, [
    startingWith('entero', ['0', ` -${digits(15)} `, digits(15), quoted('7')], integer),
    startingWith('muy_grande', [digits(16), `-${digits(17)}`], integer),
    startingWith('con_signo', [`+${digits(1)}`], integer),
    startingWith('decimal', ['-0.5', ' 3.25\t', '12'], decimal),
    startingWith('con_exponente', [`${digits(1)}.5e3`, '-2.25E-4', '1.0e+6'], decimal),
    startingWith('con_ceros', [`00${digits(1)}`, '0', `0${digits(4)}`], () => digits(4)),
    startingWith('con_coma', ['1,5'], decimal),
    startingWith('con_hexadecimal', ['0x1F'], integer),
    startingWith('con_texto', ['12 kg'], integer),
    startingWith('infinito', ['Infinity'], decimal),
    { name: 'producto', make: () => productName(random) },
  ])
}

/** Days and instants, and texts that look like them. */
export function createDatesCsv(random: Random): Buffer {
  const two = (value: number): string => String(value).padStart(2, '0')
  const day = (): string =>
    `${random.integer(1971, 2037)}-${two(random.integer(1, 12))}-${two(random.integer(1, 28))}`
  const hour = (): string =>
    `${two(random.integer(0, 23))}:${two(random.integer(0, 59))}:${two(random.integer(0, 59))}`
  const local = (): string => `${day()}T${hour()}`
  const zone = (): string => random.pick(['Z', '-03:00', '+05:30', '', '-11:00', '+13:00'])
  return writeColumns(random, [
    startingWith('dia', ['1969-12-31', ' 2024-02-29 ', '1900-03-01'], day),
    startingWith('dia_imposible', [random.pick(['2023-02-29', '2024-04-31', '2024-02-30'])], day),
    startingWith('mes_imposible', ['2024-13-01'], day),
    startingWith(
      'a_la_espanola',
      [],
      () => `${two(random.integer(1, 28))}/${two(random.integer(1, 12))}/2024`,
    ),
    startingWith('sin_zona', ['2024-07-01T00:00:00', '1969-12-31T23:59:59.999'], local),
    startingWith(
      'con_zona',
      ['2024-12-31T23:30:00-05:00', `${day()}T00:00:00.125+02:00`],
      () => `${local()}${zone()}`,
    ),
    startingWith('dia_o_instante', [day(), local()], () => `${local()}Z`),
    startingWith('solo_hora', [], hour),
    { name: 'anio', make: () => String(random.integer(1990, 2030)) },
  ])
}
