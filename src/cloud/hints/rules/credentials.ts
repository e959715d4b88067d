import type { HintRule } from '../hint.ts'

const whoAmI = ['sts', 'get-caller-identity'] as const

/** Nobody signed: the client found no credentials, or was told not to use any. */
const noCredentials: HintRule = {
  id: 'credentials.none',
  on: 'failure',
  codes: ['AccessDenied', 'MissingAuthenticationToken', 'MissingAuthenticationTokenException'],
  find: ({ authentication, line }) =>
    authentication === 'anonymous' && line.service !== 'http' ? { facts: {}, tryIt: whoAmI } : undefined,
}

/** A key that looks like one of this cloud's and is not, or no longer: of a cloud that was restarted, or deleted. */
const unknownKey: HintRule = {
  id: 'credentials.unknown-key',
  on: 'failure',
  codes: ['InvalidAccessKeyId', 'UnrecognizedClientException', 'InvalidClientTokenId', 'InvalidToken'],
  find: ({ accessKeyId = '' }) => ({ facts: { accessKeyId }, tryIt: whoAmI }),
}

const expired: HintRule = {
  id: 'credentials.expired',
  on: 'failure',
  codes: ['ExpiredToken', 'ExpiredTokenException'],
  find: ({ accessKeyId = '' }) => ({ facts: { accessKeyId }, tryIt: whoAmI }),
}

/** Credentials that are missing or no longer good. */
export const credentialRules: readonly HintRule[] = [noCredentials, unknownKey, expired]
