import type { Random } from '../../../../src/core/random.ts'
import { writeCsv } from './csv-writer.ts'
import { personName, productName, times } from './words.ts'

/** Names of the columns of a generated CSV of sales. */
export interface SalesNames {
  readonly category: string
  readonly seller: string
  readonly amount: string
  readonly quantity: string
}

export const usualNames: SalesNames = {
  category: 'categoria',
  seller: 'vendedor',
  amount: 'monto',
  quantity: 'cantidad',
}

/** Other names for the same columns, e.g. `familia_3f`. */
export function otherNames(random: Random): SalesNames {
  const suffix = random.hex(2)
  return {
    category: `familia_${suffix}`,
    seller: `agente_${suffix}`,
    amount: `importe_${suffix}`,
    quantity: `piezas_${suffix}`,
  }
}

/**
 * A CSV with nothing to clean: categories that no program knows beforehand, one of them with a single row, and
 * numbered branches (`sucursal`) whose order as text is another.
 */
export function createSalesCsv(random: Random, names: SalesNames = usualNames): Buffer {
  const header = [names.category, 'sucursal', names.amount, names.quantity, names.seller]
  const categories = createCategories(random)
  const sellers = times(4, () => personName(random))
  const row = (category: string, branch: number): string[] => [
    category,
    String(branch),
    amount(random),
    String(random.integer(-9, 60)),
    random.pick(sellers),
  ]
  // Every category and branch has a row, whatever the source picks; the first of both has only that one.
  const branches = [9, 10, 100, -5, random.integer(11, 99)]
  const [single = '', ...common] = categories
  const rows = [
    row(single, random.integer(200, 900)),
    ...common.map(category => row(category, random.pick(branches))),
    ...branches.map(branch => row(random.pick(common), branch)),
    ...times(random.integer(25, 40), () => row(random.pick(common), random.pick(branches))),
  ]
  return writeCsv([header, ...random.shuffle(rows)])
}

/** Texts whose order by code unit is not a dictionary's: capitals before small letters, accents after all. */
function createCategories(random: Random): string[] {
  const suffix = random.hex(2)
  const names = [
    `Zapatos ${suffix}`,
    `abanicos ${suffix}`,
    `Álbumes ${suffix}`,
    `Mesas ${suffix}`,
    productName(random),
  ]
  return random.shuffle([...new Set(names)])
}

/** Between -500 and 2000, with two decimals that are not both zero. */
function amount(random: Random): string {
  const cents = random.integer(-50_000, 200_000)
  return `${Math.trunc(cents / 100)}.${random.integer(0, 9)}${random.integer(1, 9)}`
}
