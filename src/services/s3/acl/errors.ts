import type { AwsError } from '../../../core/aws-error.ts'
import { invalidArgument, invalidRequest, s3Error } from '../errors.ts'

/** An ACL document that does not follow AWS's schema. */
export function malformedAcl(): AwsError {
  const message = 'The XML you provided was not well-formed or did not validate against our published schema'
  return s3Error(400, 'MalformedACLError', message)
}

/** A canned ACL that S3 does not have; AWS says no word. */
export function unknownCannedAcl(acl: string): AwsError {
  return invalidArgument('', 'x-amz-acl', acl)
}

/** A request that names a canned ACL and grants besides. */
export function cannedAndGrants(): AwsError {
  return invalidRequest('Specifying both Canned ACLs and Header Grants is not allowed')
}

/** A request that says an ACL by headers and by its body. */
export function unexpectedAclDocument(): AwsError {
  return s3Error(400, 'UnexpectedContent', 'This request does not support content')
}

/** A request to change an ACL that says none. */
export function aclMissing(): AwsError {
  const message = 'Your request was missing a required header'
  return s3Error(400, 'MissingSecurityHeader', message, { MissingHeaderName: 'x-amz-acl' })
}

/** No account is known by its e-mail address. */
export function unknownEmailAddress(): AwsError {
  const message = 'The e-mail address you provided does not match any account on record.'
  return s3Error(400, 'UnresolvableGrantByEmailAddress', message)
}

/** A new bucket blocks public ACLs, and this one is. */
export function bucketAclBlocked(): AwsError {
  const message = 'Bucket cannot have public ACLs set with BlockPublicAccess enabled'
  return s3Error(400, 'InvalidBucketAclWithBlockPublicAccessError', message)
}
