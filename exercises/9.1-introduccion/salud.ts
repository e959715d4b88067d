/**
 * 9.1.1 salud: ¿qué servicios de la nube están en pie?
 *
 *   AWS_ENDPOINT_URL=http://127.0.0.1:4566 npx tsx exercises/9.1-introduccion/salud.ts
 *
 * Escribe una línea «servicio estado» por cada servicio del curso. Termina con 0 cuando todos atienden y con 1
 * en cualquier otro caso; si no pudo saberlo, dice por qué en stderr.
 */
import { pathToFileURL } from 'node:url'

/** Los servicios que usa el curso. */
export const SERVICIOS = ['s3', 'lambda', 'kinesis', 'dynamodb', 'sqs', 'sns', 'iam', 'logs']

/** Lo que esperamos por la respuesta entera, hasta su último byte. */
export const PLAZO_MILISEGUNDOS = 5_000

/** El estado de cada servicio, por su nombre, tal como lo cuenta la nube. */
export type Salud = Readonly<Record<string, string>>

/** Las variables de entorno, con la forma de `process.env`. */
export type Entorno = Readonly<Record<string, string | undefined>>

/** Pregunta a la nube por sus servicios; falla si no hay una respuesta completa y correcta dentro del plazo. */
export async function consultarSalud(endpoint: string): Promise<Salud> {
  // TODO: pide /_localstack/health al endpoint y devuelve el objeto `services` de su JSON.
  // El plazo de 5 s llega hasta el último byte del cuerpo. Un código que no es 2xx, o un cuerpo que no es el JSON
  // de salud, es un error: lánzalo con un mensaje que ayude a quien lo lea.
  throw new Error('Falta escribir consultarSalud')
}

/** Devuelve el objeto `services` del JSON de salud, o `undefined` si el texto es otra cosa. */
export function leerServicios(cuerpo: string): Salud | undefined {
  // TODO: convierte el cuerpo en el objeto `services`; undefined si no es JSON o no lo tiene.
  throw new Error('Falta escribir leerServicios')
}

/** Si un servicio en ese estado responde a las llamadas. */
export function atiende(estado: string): boolean {
  // TODO: true si un servicio en ese estado responde a las llamadas; mira qué significa cada uno.
  throw new Error('Falta escribir atiende')
}

/** Escribe el estado de cada servicio y devuelve el código de salida: 0 si todos atienden, 1 si no. */
export async function informar(entorno: Entorno): Promise<number> {
  // TODO: escribe una línea «servicio estado» por servicio y devuelve el código de salida.
  // El endpoint llega en AWS_ENDPOINT_URL; si falta, es un error cuyo mensaje nombra la variable.
  // Un servicio que no está en la respuesta se escribe «ausente», y entonces la nube no está completa.
  throw new Error('Falta escribir informar')
}

/** Cuenta un error con sus causas: `fetch failed: connect ECONNREFUSED 127.0.0.1:4566`. */
function explicar(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return error.cause === undefined ? error.message : `${error.message}: ${explicar(error.cause)}`
}

async function main(): Promise<void> {
  try {
    process.exitCode = await informar(process.env)
  } catch (error) {
    console.error(`No sé cómo está la nube. ${explicar(error)}`)
    process.exitCode = 1
  }
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) await main()
