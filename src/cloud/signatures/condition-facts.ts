import { headerOf } from '../../wire/http.ts'
import type { Signer } from '../authorization.ts'
import type { Exchange } from '../exchange.ts'
import type { ContextFacts } from '../policy/context-keys.ts'
import { queryClaim, readDate, schemeOf } from './claim.ts'
import { algorithm } from './signing-key.ts'

/** How S3's condition keys call the two versions. */
const versions = { 2: 'AWS', 4: algorithm } as const

/**
 * What policies of S3 may ask of the signature of a request; nothing of one that is not signed. `now` is in milliseconds
 * since the epoch.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/bucket-policy-s3-sigv4-conditions.html
 */
export function signatureFacts(
  { wire, signer }: Pick<Exchange, 'wire' | 'signer'>,
  now: number,
): ContextFacts {
  if (signer.form !== undefined) return formFacts(signer.form, now)
  switch (schemeOf(wire)) {
    case 'header-v4': {
      const hash = headerOf(wire.headers, 'x-amz-content-sha256')
      return { ...factsOf('REST-HEADER', 4), 's3:x-amz-content-sha256': hash }
    }
    case 'header-v2':
      return factsOf('REST-HEADER', 2)
    case 'query-v4':
      return { ...factsOf('REST-QUERY-STRING', 4), 's3:signatureAge': ageOf(queryClaim(wire).date, now) }
    case 'query-v2':
      return { ...factsOf('REST-QUERY-STRING', 2), 's3:signatureAge': '0' }
    default:
      return {}
  }
}

function formFacts(form: NonNullable<Signer['form']>, now: number): ContextFacts {
  const age = form.version === 2 ? '0' : ageOf(form.date, now)
  return { ...factsOf('POST', form.version), 's3:signatureAge': age }
}

function factsOf(authType: string, version: 2 | 4): ContextFacts {
  return { 's3:authType': authType, 's3:signatureversion': versions[version] }
}

/** Milliseconds since a signature was made, of a URL or a form; AWS always says 0 of version 2. */
function ageOf(date: string | undefined, now: number): string | undefined {
  const signed = readDate(date)
  return signed && String(now - signed.time)
}
