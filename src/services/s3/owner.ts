import { createHash } from 'node:crypto'
import type { Owner } from '@aws-sdk/client-s3'

/** Stands for the account of callers without credentials. */
export const anonymousAccount = 'anonymous'

/** The canonical user of everybody without credentials, on AWS as here. */
const anonymousUser: Owner = { ID: '65a011a29cdf8ec533ec3d1ccaae921c' }

/** An account as S3's owners and grantees name it: 64 hexadecimal digits, always the same for the same account. */
export function ownerOf(accountId: string): Owner {
  if (accountId === anonymousAccount) return anonymousUser
  return { ID: createHash('sha256').update(`s3 canonical user ${accountId}`).digest('hex') }
}

/** The initiator of an upload: AWS still answers a display name here, and nowhere else. */
export function initiatorOf(accountId: string): Owner {
  return { ...ownerOf(accountId), DisplayName: accountId }
}
