import { headerOf, type WireRequest } from '../wire/http.ts'
import type { SignedForm } from './service.ts'

/** Who signed a request, for what service and region. */
export interface Signer {
  readonly accessKeyId: string | undefined
  readonly region: string | undefined
  /** Signing name of the service, e.g. `s3`. */
  readonly service: string | undefined
  readonly authentication: 'header' | 'presigned' | 'anonymous'
  /** The browser's form that was signed, where it is one. */
  readonly form?: SignedForm
}

const anonymous: Signer = {
  accessKeyId: undefined,
  region: undefined,
  service: undefined,
  authentication: 'anonymous',
}

/** Reads the signer from an Authorization header or a presigned URL; versions 4 and 2. */
export function signerOf(headers: WireRequest['headers'], query: WireRequest['query']): Signer {
  const authorization = headerOf(headers, 'authorization')
  if (authorization !== undefined) return signerOfHeader(authorization)
  if (query.size === 0) return anonymous
  const credential = query.get('X-Amz-Credential')
  if (credential !== undefined) return { ...parseScope(credential), authentication: 'presigned' }
  const keyVersion2 = query.get('AWSAccessKeyId')
  if (keyVersion2 === undefined) return anonymous
  return { accessKeyId: keyVersion2, region: undefined, service: 's3', authentication: 'presigned' }
}

/** The signer that a browser's form names. */
export function signerOfForm(signed: SignedForm | undefined): Signer {
  if (signed === undefined) return anonymous
  const who =
    signed.version === 4
      ? parseScope(signed.credential)
      : { accessKeyId: signed.accessKeyId, region: undefined, service: 's3' }
  return { ...who, authentication: 'header', form: signed }
}

function signerOfHeader(authorization: string): Signer {
  const start = authorization.indexOf('Credential=')
  if (start !== -1) {
    const end = authorization.slice(start).search(/[,\s]/)
    const credential = authorization.slice(start + 11, end === -1 ? undefined : start + end)
    return { ...parseScope(credential), authentication: 'header' }
  }
  const version2 = /^AWS ([^:]+):/.exec(authorization)
  if (!version2) return anonymous
  return { accessKeyId: version2[1], region: undefined, service: 's3', authentication: 'header' }
}

/** `key/20261123/us-east-1/s3/aws4_request`; access keys hold no slash. */
function parseScope(credential: string): Omit<Signer, 'authentication'> {
  const [accessKeyId, , region, service] = credential.split('/')
  return { accessKeyId, region: region || undefined, service: service || undefined }
}
