import {
  type AnalyticsConfiguration,
  type IntelligentTieringConfiguration,
  type InventoryConfiguration,
  InventoryOptionalField,
  type MetricsConfiguration,
} from '@aws-sdk/client-s3'
import { invalidArgument, malformedXml } from '../errors.ts'
import { invalidInventoryDestination } from './errors.ts'

const bucketArn = /^arn:aws:s3:::[^/*]+$/
const inventoryFields = new Set<string>(Object.values(InventoryOptionalField))
const formats = new Set(['CSV', 'ORC', 'Parquet'])

/** Days before which, and until which, objects may move to an archive tier. */
const tierDays: Readonly<Record<string, readonly [least: number, most: number]>> = {
  ARCHIVE_ACCESS: [90, 730],
  DEEP_ARCHIVE_ACCESS: [180, 730],
}

/**
 * Refuses an inventory that AWS would.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketInventoryConfiguration.html
 * @throws AwsError MalformedXML, InvalidS3DestinationBucket
 */
export function requireInventory(inventory: InventoryConfiguration | undefined): InventoryConfiguration {
  const { Destination, IsEnabled, IncludedObjectVersions: versions, Schedule } = inventory ?? {}
  const { Bucket = '', Format = '' } = Destination?.S3BucketDestination ?? {}
  const isValid =
    Bucket !== '' &&
    formats.has(Format) &&
    (inventory?.OptionalFields ?? []).every(field => inventoryFields.has(field)) &&
    IsEnabled !== undefined &&
    (versions === 'All' || versions === 'Current') &&
    (Schedule?.Frequency === 'Daily' || Schedule?.Frequency === 'Weekly')
  if (inventory === undefined || !isValid) throw malformedXml()
  if (!bucketArn.test(Bucket)) throw invalidInventoryDestination()
  return inventory
}

/**
 * Refuses an analysis that AWS would.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketAnalyticsConfiguration.html
 * @throws AwsError MalformedXML
 */
export function requireAnalytics(analytics: AnalyticsConfiguration | undefined): AnalyticsConfiguration {
  if (analytics?.StorageClassAnalysis === undefined) throw malformedXml()
  const { DataExport: data } = analytics.StorageClassAnalysis
  const { Bucket = '', Format } = data?.Destination?.S3BucketDestination ?? {}
  const isValid = data?.OutputSchemaVersion === 'V_1' && Format === 'CSV' && bucketArn.test(Bucket)
  if (data !== undefined && !isValid) throw malformedXml()
  return analytics
}

/**
 * Refuses metrics that AWS would.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketMetricsConfiguration.html
 * @throws AwsError MalformedXML
 */
export function requireMetrics(metrics: MetricsConfiguration | undefined): MetricsConfiguration {
  if (metrics === undefined) throw malformedXml()
  return metrics
}

/**
 * Refuses tiers that AWS would.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketIntelligentTieringConfiguration.html
 * @throws AwsError MalformedXML, InvalidArgument
 */
export function requireTiering(
  configuration: IntelligentTieringConfiguration | undefined,
): IntelligentTieringConfiguration {
  const { Status, Tierings = [] } = configuration ?? {}
  const isValid = (Status === 'Enabled' || Status === 'Disabled') && Tierings.length > 0
  if (configuration === undefined || !isValid) throw malformedXml()
  for (const { AccessTier = '', Days } of Tierings) {
    const range = Object.hasOwn(tierDays, AccessTier) ? tierDays[AccessTier] : undefined
    if (range === undefined || Days === undefined) throw malformedXml()
    const [least, most] = range
    if (Days < least || Days > most) {
      throw invalidArgument(`Days must be between ${least} and ${most} for ${AccessTier}`, 'Days', Days)
    }
  }
  return configuration
}
