import type { Random } from '../../src/core/random.ts'
import { twoDigits } from './dirt.ts'

const firstNames = [
  'Ana',
  'José',
  'Lucía',
  'Íñigo',
  'Begoña',
  'Raúl',
  'Núria',
  'Óscar',
  'Ximena',
  'Tomás',
  'Zoé',
  'Martín',
] as const
const lastNames = [
  'Ruiz',
  'Peña',
  'Gómez',
  'Sanz',
  'Ibáñez',
  'Muñoz',
  'Solé',
  'Núñez',
  'García',
  'Díaz',
] as const
const cities = [
  'Bogotá',
  'Medellín',
  'Ciudad de México',
  'Mérida',
  'Santiago',
  'Buenos Aires',
  'Córdoba',
  'São Paulo',
] as const

type Customer = Record<string, string | number | null>

/** A JSON array of invented customers; some lack a value: see datos/README.md. */
export function generateCustomers(random: Random, count: number): string {
  const customers = Array.from({ length: count }, (_, index) => {
    const customer = generateCustomer(random, index + 1)
    // The first one is complete, so that who reads the file's start sees every key.
    return index === 0 ? customer : loseOneValue(random, customer)
  })
  return `[\n${customers.map(customer => `  ${JSON.stringify(customer)}`).join(',\n')}\n]\n`
}

function generateCustomer(random: Random, id: number): Customer {
  const name = `${random.pick(firstNames)} ${random.pick(lastNames)}`
  const signedUp = `${random.integer(2019, 2024)}-${twoDigits(random.integer(1, 12))}-${twoDigits(random.integer(1, 28))}`
  const time = [random.integer(0, 23), random.integer(0, 59), random.integer(0, 59)].map(twoDigits).join(':')
  return {
    id,
    Nombre: random.integer(1, 12) === 1 ? ` ${name}  ` : name,
    // example.com belongs to nobody (RFC 2606).
    'Correo Electrónico': `cliente${id}@example.com`,
    ciudad: random.pick(cities),
    codigo_postal: `0${random.integer(1000, 9999)}`,
    fecha_alta: signedUp,
    ultima_visita: `2025-01-${twoDigits(random.integer(1, 28))}T${time}Z`,
    compras: random.integer(0, 140),
    gasto_total: random.integer(0, 950_000) / 100,
  }
}

/** One customer of eight lacks a value: `null`, an absent key, or a text that says so. */
function loseOneValue(random: Random, customer: Customer): Customer {
  if (random.integer(1, 8) > 1) return customer
  const lost = random.pick(Object.keys(customer))
  const missing = random.pick([null, null, undefined, undefined, '', 'N/A', 'None'])
  return Object.fromEntries(
    Object.entries(customer).flatMap(([key, value]) => {
      if (key !== lost) return [[key, value]]
      return missing === undefined ? [] : [[key, missing]]
    }),
  )
}
