/**
 * 9.1.2 primer-cliente: ¿quién soy para la nube, y qué buckets tengo?
 *
 *   AWS_ENDPOINT_URL=http://127.0.0.1:4566 AWS_REGION=us-east-1 AWS_ACCESS_KEY_ID=test AWS_SECRET_ACCESS_KEY=test \
 *     npx tsx exercises/9.1-introduccion/primer-cliente.ts
 *
 * El mismo programa sirve en tu nube y en AWS: lo único que cambia es el entorno.
 */
import { pathToFileURL } from 'node:url'
import { paginateListBuckets, S3Client } from '@aws-sdk/client-s3'
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts'

/** Las variables de entorno, con la forma de `process.env`. */
export type Entorno = Readonly<Record<string, string | undefined>>

/** Lo que todo cliente del SDK necesita saber. Lo que falta aquí, el SDK lo busca a su manera. */
export interface Configuracion {
  region?: string
  endpoint?: string
  credentials?: { accessKeyId: string; secretAccessKey: string; sessionToken?: string }
}

/** Traduce las variables de entorno a la configuración de un cliente. */
export function configurar(entorno: Entorno): Configuracion {
  // TODO: pon la región, el endpoint y las credenciales que haya en el entorno, y nada más.
  // Variables: AWS_REGION, AWS_ENDPOINT_URL, AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY y AWS_SESSION_TOKEN.
  // La que falte se queda fuera: sin endpoint el SDK habla con AWS, y sin claves usa sus propias fuentes.
  throw new Error('Falta escribir configurar')
}

/** Crea un cliente de S3 a partir del entorno. */
export function crearS3(entorno: Entorno): S3Client {
  // TODO: un S3Client con la configuración del entorno y estilo de ruta solo si hay endpoint.
  throw new Error('Falta escribir crearS3')
}

/** Crea un cliente de STS a partir del entorno. */
export function crearSts(entorno: Entorno): STSClient {
  // TODO: un STSClient con la misma configuración.
  throw new Error('Falta escribir crearSts')
}

/** Devuelve los nombres de todos los buckets de la cuenta, por muchas páginas que ocupen. */
export async function nombresDeBuckets(s3: S3Client): Promise<string[]> {
  // TODO: recorre ListBuckets hasta la última página y devuelve todos los nombres.
  throw new Error('Falta escribir nombresDeBuckets')
}

/** Escribe la cuenta, el ARN, cuántos buckets hay y el nombre de cada uno. */
export async function presentar(entorno: Entorno): Promise<void> {
  // TODO: escribe «Cuenta: …», «ARN: …», «Buckets: n» y después un nombre de bucket por línea.
  // La cuenta y el ARN los dice STS (GetCallerIdentity). No atrapes los errores: main ya los cuenta.
  throw new Error('Falta escribir presentar')
}

async function main(): Promise<void> {
  try {
    await presentar(process.env)
  } catch (error) {
    // El nombre (AccessDenied, InvalidAccessKeyId…) es lo que se busca en la documentación; el mensaje ayuda.
    console.error(error instanceof Error ? `${error.name}: ${error.message}` : error)
    process.exitCode = 1
  }
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) await main()
