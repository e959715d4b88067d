import { AwsError } from '../../core/aws-error.ts'

/** Extra members of an S3 error's body. */
type Members = Readonly<Record<string, string | number | undefined>>

/** No account has such a bucket. */
export function noSuchBucket(bucket: string): AwsError {
  return s3Error(404, 'NoSuchBucket', 'The specified bucket does not exist', { BucketName: bucket })
}

/** A bucket name that AWS's rules refuse. */
export function invalidBucketName(bucket: string): AwsError {
  return s3Error(400, 'InvalidBucketName', 'The specified bucket is not valid.', { BucketName: bucket })
}

/** Another account has a bucket of this name. */
export function bucketAlreadyExists(bucket: string): AwsError {
  const message =
    'The requested bucket name is not available. The bucket namespace is shared by all users of the system. Please select a different name and try again.'
  return s3Error(409, 'BucketAlreadyExists', message, { BucketName: bucket })
}

/** The caller has this bucket already. */
export function bucketAlreadyOwnedByYou(bucket: string): AwsError {
  const message = 'Your previous request to create the named bucket succeeded and you already own it.'
  return s3Error(409, 'BucketAlreadyOwnedByYou', message, { BucketName: bucket })
}

/** A bucket that still holds objects. */
export function bucketNotEmpty(bucket: string): AwsError {
  return s3Error(409, 'BucketNotEmpty', 'The bucket you tried to delete is not empty', { BucketName: bucket })
}

/** A bucket that still holds versions or delete markers. */
export function bucketHoldsVersions(bucket: string): AwsError {
  const message = 'The bucket you tried to delete is not empty. You must delete all versions in the bucket.'
  return s3Error(409, 'BucketNotEmpty', message, { BucketName: bucket })
}

/** A location constraint that names no region. */
export function invalidLocationConstraint(constraint: string): AwsError {
  const message = 'The specified location-constraint is not valid'
  return s3Error(400, 'InvalidLocationConstraint', message, { LocationConstraint: constraint })
}

/** A location constraint for another region than the one that was called; `unspecified` when it is missing. */
export function illegalLocationConstraint(constraint: string): AwsError {
  const message = `The ${constraint} location constraint is incompatible for the region specific endpoint this request was sent to.`
  return s3Error(400, 'IllegalLocationConstraintException', message)
}

/** No such key, or its current version is a delete marker, which `headers` then tell. */
export function noSuchKey(key: string, headers: Readonly<Record<string, string>> = {}): AwsError {
  return new AwsError('NoSuchKey', 'The specified key does not exist.', {
    statusCode: 404,
    members: { Key: key },
    headers,
  })
}

/** The key has no such version. */
export function noSuchVersion(key: string, versionId: string): AwsError {
  const message = 'The specified version does not exist.'
  return s3Error(404, 'NoSuchVersion', message, { Key: key, VersionId: versionId })
}

/** A version id that S3 could never have given. */
export function invalidVersionId(versionId: string): AwsError {
  return invalidArgument('Invalid version id specified', 'versionId', versionId)
}

/** A delete marker was asked for what only objects have. */
export function deleteMarkerNotAllowed(method: string, versionId: string): AwsError {
  return new AwsError('MethodNotAllowed', 'The specified method is not allowed against this resource.', {
    statusCode: 405,
    members: { Method: method, ResourceType: 'DeleteMarker' },
    headers: { allow: 'DELETE', 'x-amz-delete-marker': 'true', 'x-amz-version-id': versionId },
  })
}

/** A body larger than one request may carry. */
export function entityTooLarge(proposedBytes: number, maxBytes: number): AwsError {
  return s3Error(400, 'EntityTooLarge', 'Your proposed upload exceeds the maximum allowed size', {
    ProposedSize: proposedBytes,
    MaxSizeAllowed: maxBytes,
  })
}

/** A key of too many bytes. */
export function keyTooLong(bytes: number, maxBytes: number): AwsError {
  return s3Error(400, 'KeyTooLongError', 'Your key is too long', { Size: bytes, MaxSizeAllowed: maxBytes })
}

/** User metadata of too many bytes. */
export function metadataTooLarge(bytes: number, maxBytes: number): AwsError {
  const message = 'Your metadata headers exceed the maximum allowed metadata size'
  return s3Error(400, 'MetadataTooLarge', message, { Size: bytes, MaxSizeAllowed: maxBytes })
}

/** A storage class that S3 does not have. */
export function invalidStorageClass(storageClass: string): AwsError {
  const message = 'The storage class you specified is not valid'
  return s3Error(400, 'InvalidStorageClass', message, { StorageClassRequested: storageClass })
}

/** An object that must be restored from its archive before it can be read. */
export function archivedObject(storageClass: string): AwsError {
  const message = "The operation is not valid for the object's storage class"
  return s3Error(403, 'InvalidObjectState', message, { StorageClass: storageClass })
}

/** An archived object that must be restored before it can be copied. */
export function archivedSource(storageClass: string): AwsError {
  const message = "Operation is not valid for the source object's storage class"
  return s3Error(403, 'InvalidObjectState', message, { StorageClass: storageClass })
}

/** Content-MD5 that is no MD5. */
export function invalidDigest(contentMd5: string): AwsError {
  return s3Error(400, 'InvalidDigest', 'The Content-MD5 you specified was invalid.', {
    'Content-MD5': contentMd5,
  })
}

/** The body is not what its Content-MD5 promised; digests as AWS shows them. */
export function badContentMd5(expectedDigest: string, calculatedDigest: string): AwsError {
  const message = 'The Content-MD5 you specified did not match what we received.'
  return s3Error(400, 'BadDigest', message, {
    ExpectedDigest: expectedDigest,
    CalculatedDigest: calculatedDigest,
  })
}

/** The body is not what its checksum promised. */
export function badChecksum(algorithm: string): AwsError {
  return badDigest(`The ${algorithm} you specified did not match the calculated checksum.`)
}

/** A digest that does not match, in the words that fit the place. */
export function badDigest(message: string): AwsError {
  return s3Error(400, 'BadDigest', message)
}

/** The trailer that was announced did not come. */
export function malformedTrailer(): AwsError {
  const message =
    'The request contained trailing data that was not well-formed or did not conform to our published schema.'
  return s3Error(400, 'MalformedTrailerError', message)
}

/** A range that starts after the object's end. */
export function invalidRange(range: string, objectBytes: number): AwsError {
  return new AwsError('InvalidRange', 'The requested range is not satisfiable', {
    statusCode: 416,
    members: { RangeRequested: range, ActualObjectSize: objectBytes },
    headers: { 'content-range': `bytes */${objectBytes}` },
  })
}

/** A part number that the object does not have. */
export function invalidPartNumber(requested: number, actualParts: number): AwsError {
  return s3Error(416, 'InvalidPartNumber', 'The requested partnumber is not satisfiable', {
    PartNumberRequested: requested,
    ActualPartCount: actualParts,
  })
}

/** A condition that did not hold, by its header's name. */
export function preconditionFailed(condition: string): AwsError {
  const message = 'At least one of the pre-conditions you specified did not hold'
  return s3Error(412, 'PreconditionFailed', message, { Condition: condition })
}

/** The caller's copy is still good; `headers` tell which one it is. */
export function notModified(headers: Readonly<Record<string, string>>): AwsError {
  return new AwsError('NotModified', 'Not Modified', { statusCode: 304, headers })
}

/** Another request changed the key while a conditional upload was under way. */
export function conditionalRequestConflict(condition: string, key: string): AwsError {
  const message =
    'The conditional request cannot succeed due to a conflicting operation against this resource.'
  return s3Error(409, 'ConditionalRequestConflict', message, { Condition: condition, Key: key })
}

/** A header that S3 itself does not implement for this operation, in AWS's words. */
export function headerNotImplemented(header: string, additionalMessage?: string): AwsError {
  const message = 'A header you provided implies functionality that is not implemented'
  return s3Error(501, 'NotImplemented', message, { Header: header, additionalMessage })
}

/** An element of a document that asks for what this cloud does not do. */
export function elementNotImplemented(element: string): AwsError {
  return s3Error(501, 'NotImplemented', `The element ${element} is not implemented by this cloud`)
}

/** An operation that AWS closed. */
export function closedByAws(method: string): AwsError {
  const message = 'The specified method is not allowed against this resource.'
  return s3Error(405, 'MethodNotAllowed', message, { Method: method, ResourceType: 'OBJECT' })
}

/** An argument that is wrong by itself. */
export function invalidArgument(message: string, name: string, value?: string | number): AwsError {
  return s3Error(400, 'InvalidArgument', message, { ArgumentName: name, ArgumentValue: value })
}

/** A request that is wrong as a whole. */
export function invalidRequest(message: string): AwsError {
  return s3Error(400, 'InvalidRequest', message)
}

/** A document that does not follow AWS's schema. */
export function malformedXml(): AwsError {
  const message = 'The XML you provided was not well-formed or did not validate against our published schema'
  return s3Error(400, 'MalformedXML', message)
}

/** A tag that AWS refuses. */
export function invalidTag(message: string, members: Members): AwsError {
  return s3Error(400, 'InvalidTag', message, members)
}

/** A bucket without tags. */
export function noSuchTagSet(bucket: string): AwsError {
  return s3Error(404, 'NoSuchTagSet', 'The TagSet does not exist', { BucketName: bucket })
}

/** A bucket without lifecycle rules. */
export function noSuchLifecycle(bucket: string): AwsError {
  const message = 'The lifecycle configuration does not exist'
  return s3Error(404, 'NoSuchLifecycleConfiguration', message, { BucketName: bucket })
}

/** The targets of notifications that are not there or refuse this bucket, each with its reason. */
export function unreachableDestinations(
  destinations: readonly { readonly name: string; readonly reason: string }[],
): AwsError {
  const members: Record<string, string> = {}
  for (const [index, { name, reason }] of destinations.entries()) {
    members[`ArgumentName${index + 1}`] = name
    members[`ArgumentValue${index + 1}`] = reason
  }
  const message = 'Unable to validate the following destination configurations'
  return s3Error(400, 'InvalidArgument', message, members)
}

/** A versioning configuration without a status. */
export function illegalVersioningConfiguration(): AwsError {
  return s3Error(400, 'IllegalVersioningConfigurationException', 'The Versioning element must be specified')
}

/** A bucket whose ownership setting leaves no place for ACLs, AWS's default since April 2023. */
export function aclNotSupported(): AwsError {
  return s3Error(400, 'AccessControlListNotSupported', 'The bucket does not allow ACLs')
}

/** A new bucket was given an ACL that its ownership setting forbids. */
export function bucketAclWithOwnership(ownership: string): AwsError {
  const message = `Bucket cannot have ACLs set with ObjectOwnership's ${ownership} setting`
  return s3Error(400, 'InvalidBucketAclWithObjectOwnership', message)
}

/** What is refused without a word why. */
export function accessDenied(): AwsError {
  return s3Error(403, 'AccessDenied', 'Access Denied')
}

/** An expected owner that is no account id. */
export function invalidExpectedOwner(accountId: string): AwsError {
  const message = `The value of the expected bucket owner parameter must be an AWS Account ID... [${accountId}]`
  return s3Error(400, 'InvalidBucketOwnerAWSAccountID', message)
}

/** An error of S3 with extra members. */
export function s3Error(statusCode: number, code: string, message: string, members: Members = {}): AwsError {
  return new AwsError(code, message, { statusCode, members })
}
