import { shownCredentials } from '../caller.ts'
import { credentialErrors } from '../refusals.ts'
import type { SignedForm } from '../service.ts'
import { accessDenied, authorizationQueryParametersError, signatureDoesNotMatch } from './errors.ts'
import { readCredential } from './s3-claim.ts'
import { secretOf } from './secrets.ts'
import { isSame, sign, signingKey } from './signing-key.ts'
import type { Checked } from './verify-s3.ts'
import { regionOfBucket } from './verify-s3.ts'
import { signVersion2 } from './version2.ts'

/**
 * Checks that a form's policy was signed by who it says.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-authentication-HTTPPOST.html
 * @throws AwsError SignatureDoesNotMatch, InvalidAccessKeyId, AccessDenied
 */
export async function verifyForm(
  checked: Omit<Checked, 'request'>,
  signed: SignedForm | undefined,
): Promise<void> {
  const { parts, exchange, service } = checked
  if (signed === undefined) {
    if (!parts.enforceIam) throw accessDenied()
    return
  }
  const accessKeyId = exchange.signer.accessKeyId ?? ''
  const token = shownCredentials(exchange.wire, exchange.signer).sessionToken
  const secretNow = () => secretOf({ accessKeyId, token }, parts, credentialErrors(service))
  const expected =
    signed.version === 2
      ? signVersion2(await secretNow(), signed.policy)
      : sign(signingKey(await secretNow(), await scopeOf(checked, signed)), signed.policy)
  if (!isSame(expected, signed.signature))
    throw signatureDoesNotMatch({
      accessKeyId,
      stringToSign: signed.policy,
      signatureProvided: signed.signature,
    })
}

async function scopeOf(
  checked: Omit<Checked, 'request'>,
  signed: Extract<SignedForm, { version: 4 }>,
): Promise<ReturnType<typeof readCredential>['scope']> {
  if (signed.algorithm !== 'AWS4-HMAC-SHA256') {
    throw authorizationQueryParametersError(
      'X-Amz-Algorithm only supports "AWS4-HMAC-SHA256 and AWS4-ECDSA-P256-SHA256"',
    )
  }
  const region = await regionOfBucket(checked)
  const { scope } = readCredential(signed.credential, region, (fault, members) =>
    authorizationQueryParametersError(`Error parsing the X-Amz-Credential parameter; ${fault}`, members),
  )
  if (!signed.date.startsWith(scope.day))
    throw authorizationQueryParametersError(
      `Error parsing the X-Amz-Credential parameter; Invalid credential date "${scope.day}". This date is not the same as X-Amz-Date: "${signed.date.slice(0, 8)}".`,
    )
  return scope
}
