import { CommandFailure } from '../failure.ts'

/** A bucket (or the ARN of an access point) and a key, which may be empty. */
export interface BucketAndKey {
  readonly bucket: string
  readonly key: string
}

export const scheme = 's3://'

const accessPoint = /^(?<bucket>arn:aws.*:s3:[a-z\-0-9]*:[0-9]{12}:accesspoint[:/][^/]+)\/?(?<key>.*)$/s

/** True for `s3://…`. */
export function isS3Uri(path: string): boolean {
  return path.startsWith(scheme)
}

/** Splits `s3://bucket/key` or `bucket/key`. */
export function splitUri(path: string): BucketAndKey {
  const bare = isS3Uri(path) ? path.slice(scheme.length) : path
  if (/^arn:aws.*:s3-object-lambda:/.test(bare)) {
    throw new CommandFailure(
      's3 commands do not support S3 Object Lambda resources. Use s3api commands instead.',
    )
  }
  const match = accessPoint.exec(bare)
  if (match?.groups) return { bucket: match.groups.bucket ?? '', key: match.groups.key ?? '' }
  const slash = bare.indexOf('/')
  return slash === -1
    ? { bucket: bare, key: '' }
    : { bucket: bare.slice(0, slash), key: bare.slice(slash + 1) }
}
