import { invalidBucketName } from '../errors.ts'

const label = '[a-z0-9](?:[a-z0-9-]*[a-z0-9])?'
const labels = new RegExp(`^${label}(?:\\.${label})*$`)
const ipAddress = /^\d+\.\d+\.\d+\.\d+$/
const reservedPrefixes = ['xn--', 'sthree-', 'amzn-s3-demo-'] as const
const reservedSuffixes = ['-s3alias', '--ol-s3', '.mrap', '--x-s3', '--table-s3'] as const

/**
 * Refuses the name of a new bucket that does not follow AWS's rules.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
 * @throws AwsError InvalidBucketName
 */
export function validateBucketName(name: string): void {
  const isValid =
    name.length >= 3 &&
    name.length <= 63 &&
    labels.test(name) &&
    !ipAddress.test(name) &&
    !reservedPrefixes.some(prefix => name.startsWith(prefix)) &&
    !reservedSuffixes.some(suffix => name.endsWith(suffix))
  if (!isValid) throw invalidBucketName(name)
}
