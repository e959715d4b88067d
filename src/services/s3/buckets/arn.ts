import { formatArn } from '../../../core/arn.ts'

/** ARN of a bucket, or of an object in it. */
export function s3Arn(bucket: string, key?: string): string {
  return formatArn({ service: 's3', resource: key === undefined ? bucket : `${bucket}/${key}` })
}
