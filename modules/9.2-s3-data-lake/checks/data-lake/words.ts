import type { Random } from '../../../../src/core/random.ts'

const names = [
  'Ana',
  'José',
  'Begoña',
  'Íñigo',
  'Lucía',
  'Óscar',
  'Zoé',
  'Raúl',
  'Ximena',
  'Núria',
  'Tomás',
  'Ursula',
] as const
const places = [
  'Bogotá',
  'Córdoba',
  'León',
  'Mérida',
  'Quito',
  'São Paulo',
  'Ñuñoa',
  'La Paz',
  'Cusco',
  'Málaga',
] as const
const goods = [
  'mesa',
  'lámpara',
  'teclado',
  'cañón',
  'sillón',
  'ratón',
  'cuaderno',
  'piñata',
  'termo',
  'balón',
] as const

/** A person's name that nobody has guessed, e.g. `Begoña 3f`. */
export function personName(random: Random): string {
  return `${random.pick(names)} ${random.hex(2)}`
}

/** A place, e.g. `Ñuñoa`. */
export function placeName(random: Random): string {
  return random.pick(places)
}

/** A thing on sale, e.g. `lámpara k-3f`; never a number nor a date. */
export function productName(random: Random): string {
  return `${random.pick(goods)} k-${random.hex(2)}`
}

/** `count` numbers of rows or columns of a generated source. */
export function times<T>(count: number, make: (index: number) => T): T[] {
  return Array.from({ length: count }, (_, index) => make(index))
}
