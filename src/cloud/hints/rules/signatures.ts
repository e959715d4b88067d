import { isIssuedKey } from '../../accounts.ts'
import { formatIsoSecond } from '../../signatures/request-time.ts'
import type { HintRule } from '../hint.ts'

const mismatchCodes = ['SignatureDoesNotMatch', 'InvalidSignatureException']
const mismatch = /signature we calculated does not match/

/** A presigned URL is for one method, one host and the headers that it was signed with. */
const presignedMismatch: HintRule = {
  id: 'signature.presigned-mismatch',
  on: 'failure',
  codes: mismatchCodes,
  find: ({ error, authentication, line: { operation } }) =>
    authentication === 'presigned' && mismatch.test(error?.message ?? '')
      ? { facts: { operation } }
      : undefined,
}

/** Any key that this cloud did not issue has the secret `test`. */
const wrongSecret: HintRule = {
  id: 'signature.wrong-secret',
  on: 'failure',
  codes: mismatchCodes,
  find: ({ error, accessKeyId }) => {
    if (accessKeyId === undefined || !mismatch.test(error?.message ?? '')) return undefined
    if (isIssuedKey(accessKeyId)) return undefined
    return { facts: { accessKeyId } }
  },
}

/** A key that this cloud issued has the secret that it was issued with. */
const otherSecret: HintRule = {
  id: 'signature.not-the-issued-secret',
  on: 'failure',
  codes: mismatchCodes,
  find: ({ error, accessKeyId }) =>
    accessKeyId !== undefined && mismatch.test(error?.message ?? '') ? { facts: { accessKeyId } } : undefined,
}

const expiredUrl: HintRule = {
  id: 'signature.expired-url',
  on: 'failure',
  codes: ['AccessDenied'],
  find: ({ error }) => {
    if (error?.message !== 'Request has expired') return undefined
    return { facts: { expired: String(error.members.Expires), now: String(error.members.ServerTime) } }
  },
}

const clockSkew: HintRule = {
  id: 'signature.clock-skew',
  on: 'failure',
  codes: ['RequestTimeTooSkewed', 'AccessDenied', ...mismatchCodes],
  find: ({ error, line }) => {
    const isSkewed =
      error?.code === 'RequestTimeTooSkewed' ||
      error?.message === 'Request is not yet valid' ||
      /^Signature (expired|not yet current): /.test(error?.message ?? '')
    return isSkewed ? { facts: { now: formatIsoSecond(Math.round(line.time)) } } : undefined
  },
}

const wrongRegion: HintRule = {
  id: 'signature.wrong-region',
  on: 'failure',
  codes: ['AuthorizationHeaderMalformed', 'AuthorizationQueryParametersError'],
  find: ({ error, line }) => {
    const expected = error?.members.Region
    if (expected === undefined) return undefined
    return { facts: { signed: line.region ?? '', region: String(expected) } }
  },
}

/** What the check of signatures refuses. */
export const signatureRules: readonly HintRule[] = [
  presignedMismatch,
  wrongSecret,
  otherSecret,
  expiredUrl,
  clockSkew,
  wrongRegion,
]
