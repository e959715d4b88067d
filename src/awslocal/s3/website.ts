import { exitStatus } from '../failure.ts'
import type { S3Call } from './run-s3.ts'
import { isS3Uri, scheme } from './uri.ts'

/** `s3 website`: makes a bucket serve pages. */
export async function setWebsite({ values, api }: S3Call): Promise<number> {
  const path = values.words('paths')[0] ?? ''
  const bucket = (isS3Uri(path) ? path.slice(scheme.length) : path).replace(/\/$/, '')
  const index = values.text('index-document')
  const error = values.text('error-document')
  const configuration = {
    ...(index === undefined ? {} : { IndexDocument: { Suffix: index } }),
    ...(error === undefined ? {} : { ErrorDocument: { Key: error } }),
  }
  await api.call('PutBucketWebsite', { Bucket: bucket, WebsiteConfiguration: configuration })
  return exitStatus.success
}
