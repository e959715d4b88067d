import { HttpRequest } from '@smithy/core/transport'
import { CommandFailure, exitStatus } from '../failure.ts'
import { writeText } from '../terminal.ts'
import type { S3Call } from './run-s3.ts'
import { splitUri } from './uri.ts'

/** What is used of the SDK's signer. */
interface Presigner {
  presign(request: HttpRequest, options: { expiresIn: number }): Promise<HttpRequest>
}

/**
 * `s3 presign`: an address with which anyone can read an object for a while.
 * DIFFERS: signed with version 4, as version 2 of the AWS CLI does, not with the older query signature.
 */
export async function presign(call: S3Call): Promise<number> {
  const { values, api, context } = call
  const { bucket, key } = splitUri(values.words('path')[0] ?? '')
  const expiresIn = values.number('expires-in') ?? 0
  const signer = await readSigner(api.caller.client)
  const signed = await signer.presign(readRequest(api.caller.endpoint, `/${bucket}/${quoteKey(key)}`), {
    expiresIn,
  })
  await writeText(context.terminal.stdout, `${toUrl(api.caller.endpoint, signed)}\n`)
  return exitStatus.success
}

async function readSigner(client: unknown): Promise<Presigner> {
  const config = (client as { config?: { signer?: () => Promise<Presigner> } }).config
  if (config?.signer === undefined) throw new CommandFailure('s3 presign')
  return config.signer()
}

function readRequest(endpoint: string, path: string): HttpRequest {
  const { protocol, hostname, port, host } = new URL(endpoint)
  return new HttpRequest({
    method: 'GET',
    protocol,
    hostname,
    ...(port === '' ? {} : { port: Number(port) }),
    path,
    headers: { host, 'X-Amz-Content-Sha256': 'UNSIGNED-PAYLOAD' },
  })
}

function quoteKey(key: string): string {
  return key
    .split('/')
    .map(part =>
      encodeURIComponent(part).replace(
        /[!'()*]/g,
        found => `%${found.charCodeAt(0).toString(16).toUpperCase()}`,
      ),
    )
    .join('/')
}

function toUrl(endpoint: string, { path, query }: HttpRequest): string {
  const pairs = Object.entries(query).map(
    ([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(String(value))}`,
  )
  return `${new URL(endpoint).origin}${path}?${pairs.join('&')}`
}
