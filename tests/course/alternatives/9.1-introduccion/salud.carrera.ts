// Right, written as a race between the body, read chunk by chunk, and a clock; the loser's connection is aborted.
import { setTimeout as esperar } from 'node:timers/promises'

const SERVICIOS = new Set(['logs', 'iam', 'sns', 'sqs', 'dynamodb', 'kinesis', 'lambda', 's3'])
const SANO = /^(running|available)$/

class SinSalud extends Error {}

async function leer(url: string, control: AbortController): Promise<Map<string, string>> {
  const respuesta = await fetch(url, { signal: control.signal, headers: { accept: 'application/json' } })
  if (respuesta.status < 200 || respuesta.status > 299) throw new SinSalud(`HTTP ${respuesta.status}`)
  const trozos: Uint8Array[] = []
  for await (const trozo of respuesta.body ?? []) trozos.push(trozo)
  const documento: unknown = JSON.parse(Buffer.concat(trozos).toString('utf8'))
  if (typeof documento !== 'object' || documento === null || !('services' in documento))
    throw new SinSalud('sin services')
  return new Map(Object.entries(documento.services as Record<string, string>))
}

async function conPlazo(url: string): Promise<Map<string, string>> {
  const control = new AbortController()
  const reloj = new AbortController()
  const vencido = esperar(5_000, undefined, { signal: reloj.signal }).then(() => {
    throw new SinSalud('se acabaron los 5 s')
  })
  try {
    return await Promise.race([leer(url, control), vencido])
  } finally {
    control.abort()
    vencido.catch(() => undefined)
    reloj.abort()
  }
}

const { AWS_ENDPOINT_URL } = process.env
if (!AWS_ENDPOINT_URL) {
  console.error('AWS_ENDPOINT_URL está vacía')
  process.exitCode = 1
} else {
  try {
    const servicios = await conPlazo(new URL('/_localstack/health', AWS_ENDPOINT_URL).href)
    const estados = [...SERVICIOS].map(servicio => [servicio, servicios.get(servicio) ?? 'ausente'] as const)
    console.log(estados.map(pareja => pareja.join('\t')).join('\n'))
    process.exitCode = estados.some(([, estado]) => !SANO.test(estado)) ? 1 : 0
  } catch (error) {
    console.error(error)
    process.exitCode = 1
  }
}
