// Written by `npm run generate` from the schemas of @aws-sdk/client-sts; do not edit.
import {
  AssumeRole$,
  AssumeRoleWithSAML$,
  AssumeRoleWithWebIdentity$,
  AssumeRoot$,
  DecodeAuthorizationMessage$,
  GetAccessKeyInfo$,
  GetCallerIdentity$,
  GetDelegatedAccessToken$,
  GetFederationToken$,
  GetScopedCredentials$,
  GetSessionToken$,
  GetWebIdentityToken$,
} from '@aws-sdk/client-sts'
import type { ServiceModel } from '../../wire/model.ts'

/** Every operation of sts as AWS models it. */
export const stsModel: ServiceModel = {
  protocol: 'query',
  version: '2011-06-15',
  xmlNamespace: 'https://sts.amazonaws.com/doc/2011-06-15/',
  operations: {
    AssumeRole: AssumeRole$,
    AssumeRoleWithSAML: AssumeRoleWithSAML$,
    AssumeRoleWithWebIdentity: AssumeRoleWithWebIdentity$,
    AssumeRoot: AssumeRoot$,
    DecodeAuthorizationMessage: DecodeAuthorizationMessage$,
    GetAccessKeyInfo: GetAccessKeyInfo$,
    GetCallerIdentity: GetCallerIdentity$,
    GetDelegatedAccessToken: GetDelegatedAccessToken$,
    GetFederationToken: GetFederationToken$,
    GetScopedCredentials: GetScopedCredentials$,
    GetSessionToken: GetSessionToken$,
    GetWebIdentityToken: GetWebIdentityToken$,
  },
}
