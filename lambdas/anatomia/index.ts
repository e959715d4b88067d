/**
 * 9.3.1 anatomia: lo que Lambda le da a una función (el evento, el contexto, el entorno) y lo que espera de ella.
 *
 *   { "operacion": "eco", "datos": … }            →  { "operacion": "eco", "datos": … }
 *   { "operacion": "tiempo", "esperaMs": 200 }    →  { "operacion": "tiempo", "antesMs": 2998, "despuesMs": 2797 }
 *   { "operacion": "entorno" }                    →  { "operacion": "entorno", "solicitud": …, "funcion": …, … }
 *   { "operacion": "fallar", "mensaje": "…" }     →  un error
 */
import { setTimeout } from 'node:timers/promises'

/** Con qué se invoca la función. */
export type Evento =
  | { operacion: 'eco'; datos: unknown }
  | { operacion: 'tiempo'; esperaMs: number }
  | { operacion: 'entorno' }
  | { operacion: 'fallar'; mensaje: string }

/** Lo que la función usa del contexto que Lambda le da en cada invocación. */
export interface Contexto {
  awsRequestId: string
  functionName: string
  functionVersion: string
  /** En MB y como texto: así la da Lambda. */
  memoryLimitInMB: string
  /** Los milisegundos que quedan hasta que Lambda corte la invocación; cada vez que se pregunta son menos. */
  getRemainingTimeInMillis(): number
}

/** Lo que devuelve una invocación; Lambda lo convierte en JSON. */
export type Respuesta =
  | { operacion: 'eco'; datos: unknown }
  | { operacion: 'tiempo'; antesMs: number; despuesMs: number }
  | Entorno

/** Dónde y como qué se está ejecutando la función. */
export interface Entorno {
  operacion: 'entorno'
  solicitud: string
  funcion: string
  version: string
  memoriaMb: number
  region: string
}

/** Hace lo que el evento pide. */
export async function handler(evento: Evento, contexto: Contexto): Promise<Respuesta> {
  // TODO: escribe una línea en el log con anotar() y haz la operación; una que no conoces es un error
  // devuelve el objeto tal cual: quien lo pasa a JSON es Lambda; y si algo sale mal, lanza el error, no lo devuelvas
  // no guardes nada entre invocaciones: la siguiente puede llegar a este proceso o a otro
  throw new Error('Falta escribir handler')
}

/** Deja en el log una línea que dice qué se pidió y en qué invocación. */
export function anotar(operacion: string, { awsRequestId }: Contexto): void {
  // TODO: una sola línea de JSON con `operacion` y `solicitud` (el identificador de la invocación)
  // en JSON, CloudWatch Logs puede buscar por campos: { $.operacion = "tiempo" }
  // nada más: en los datos o en las variables de entorno puede haber contraseñas, y los logs los lee mucha gente
  throw new Error('Falta escribir anotar')
}

/** Espera, y dice cuánto tiempo quedaba antes y cuánto después. */
export async function medirTiempo(esperaMs: number, contexto: Contexto): Promise<Respuesta> {
  // TODO: pregunta el tiempo que queda, espera `esperaMs` milisegundos y vuelve a preguntarlo
  // el setTimeout de node:timers/promises da una promesa: si no la esperas (await), no espera nadie
  throw new Error('Falta escribir medirTiempo')
}

/** Dónde y como qué se está ejecutando la función. */
export function describirEntorno(contexto: Contexto): Entorno {
  // TODO: lo dice el contexto, menos la región, que está en la variable AWS_REGION
  // la memoria es un número, y en el contexto viene como texto
  throw new Error('Falta escribir describirEntorno')
}
