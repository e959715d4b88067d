import type { Random } from '../../src/core/random.ts'
import { loseOneField, padFields, twoDigits, writeCsv } from './dirt.ts'

/** Invented goods: category, product, and its price in cents. Some names need quotes in a CSV. */
const products = [
  ['Electrónica', 'Monitor 24"', 18_990],
  ['Electrónica', 'Cable USB-C, 2 m', 1_250],
  ['Electrónica', 'Teclado mecánico', 7_495],
  ['Electrónica', 'Ratón inalámbrico', 2_399],
  ['Hogar', 'Juego de sábanas, doble', 4_580],
  ['Hogar', 'Lámpara de pie', 6_175],
  ['Hogar', 'Silla plegable\n(sin brazos)', 3_945],
  ['Hogar', 'Sartén de 28 cm', 2_815],
  ['Papelería', 'Libreta "Clásica" A5', 689],
  ['Papelería', 'Bolígrafo azul', 115],
  ['Papelería', 'Carpeta, 4 anillas', 542],
  ['Deportes', 'Balón de fútbol nº 5', 2_199],
  ['Deportes', 'Esterilla de yoga', 1_985],
  ['Deportes', 'Botella térmica 1 L', 1_745],
  ['Juguetes', 'Rompecabezas, 500 piezas', 1_635],
  ['Juguetes', 'Piñata de cumpleaños', 1_290],
  ['Alimentos', 'Café de origen 500 g', 1_149],
  ['Alimentos', 'Ñoquis frescos', 465],
  ['Alimentos', 'Aceite de oliva 1 L', 985],
] as const

/** Invented branches: city, number (with zeros that mean something), and its distance to UTC. */
const branches = [
  ['Bogotá', '007', '-05:00'],
  ['Medellín', '012', '-05:00'],
  ['Ciudad de México', '101', '-06:00'],
  ['Mérida', '108', '-06:00'],
  ['Santiago', '203', '-04:00'],
  ['Buenos Aires', '310', '-03:00'],
  ['Córdoba', '315', '-03:00'],
  ['São Paulo', '402', '-03:00'],
] as const

const sellers = [
  'Ana Ruiz',
  'José Peña',
  'Lucía Gómez',
  'Íñigo Sanz',
  'Begoña Ibáñez',
  'Raúl Muñoz',
  'Núria Solé',
] as const

const header = [
  'Fecha',
  ' Registrado ',
  'Categoria',
  'Producto',
  'Cantidad',
  'Precio  Unitario',
  'MONTO',
  'Región',
  'Sucursal',
  'Vendedor',
]

/** What a file of sales is like. */
export interface SalesFile {
  readonly rows: number
  /** First and last year, inclusive. */
  readonly years: readonly [number, number]
  readonly newline: '\n' | '\r\n'
  readonly bom: '' | '\uFEFF'
}

/** A CSV of invented sales, dirty on purpose: see datos/README.md for its dirt. */
export function generateSales(random: Random, { rows, years, newline, bom }: SalesFile): string {
  const sales = Array.from({ length: rows }, () => generateSale(random, years))
  const dirty = sales.map(sale => padFields(random, loseOneField(random, sale, { oneIn: 18 }), { oneIn: 25 }))
  return writeCsv([header, ...dirty], { newline, bom })
}

function generateSale(random: Random, [firstYear, lastYear]: SalesFile['years']): string[] {
  const [category, product, cents] = random.pick(products)
  const [region, branch, zone] = random.pick(branches)
  const date = `${random.integer(firstYear, lastYear)}-${twoDigits(random.integer(1, 12))}-${twoDigits(random.integer(1, 28))}`
  const time = [random.integer(8, 20), random.integer(0, 59), random.integer(0, 59)].map(twoDigits).join(':')
  const isReturn = random.integer(1, 20) === 1
  const quantity = isReturn ? -random.integer(1, 2) : random.integer(1, 12)
  return [
    date,
    `${date}T${time}${zone}`,
    category,
    product,
    String(quantity),
    writeCents(cents),
    writeCents(cents * quantity),
    region,
    branch,
    random.pick(sellers),
  ]
}

function writeCents(cents: number): string {
  const digits = String(Math.abs(cents)).padStart(3, '0')
  return `${cents < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`
}
