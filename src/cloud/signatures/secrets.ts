import { isIssuedKey } from '../accounts.ts'
import type { CredentialErrors, IdentifyingParts } from '../caller.ts'
import { readSession, temporarySecret } from '../session-credentials.ts'

/**
 * The secret of every key that this cloud did not issue: `test`, an account's twelve digits, any other.
 * DIFFERS: a key that the cloud never issued is good with the secret `test`, and SignatureDoesNotMatch with another, which
 * a hint explains; AWS knows no such key (InvalidAccessKeyId).
 */
const secretOfOthers = 'test'

/**
 * The secret that belongs to what a request shows.
 * @throws AwsError what `errors` gives for credentials of this cloud that are not, or no longer, valid
 */
export async function secretOf(
  shown: { readonly accessKeyId: string; readonly token: string | undefined },
  { seal, clock, events }: IdentifyingParts,
  errors: CredentialErrors,
): Promise<string> {
  const { accessKeyId, token } = shown
  if (!isIssuedKey(accessKeyId)) return secretOfOthers
  if (token !== undefined) {
    const session = readSession(seal, accessKeyId, token)
    if (!session) throw errors.invalidToken(token)
    if (session.expiresAt <= clock.now()) throw errors.expired()
    return temporarySecret(seal, accessKeyId, token)
  }
  const owner = await events.ask('iam:ownerOfKey', { accessKeyId })
  if (!owner) throw errors.invalid(accessKeyId)
  return owner.secretAccessKey
}
