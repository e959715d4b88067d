import {
  DeleteBucketAnalyticsConfigurationCommand,
  DeleteBucketIntelligentTieringConfigurationCommand,
  DeleteBucketInventoryConfigurationCommand,
  DeleteBucketMetricsConfigurationCommand,
  GetBucketAnalyticsConfigurationCommand,
  GetBucketIntelligentTieringConfigurationCommand,
  GetBucketInventoryConfigurationCommand,
  GetBucketMetricsConfigurationCommand,
  type IntelligentTieringConfiguration,
  type InventoryConfiguration,
  ListBucketAnalyticsConfigurationsCommand,
  ListBucketIntelligentTieringConfigurationsCommand,
  ListBucketInventoryConfigurationsCommand,
  ListBucketMetricsConfigurationsCommand,
  PutBucketAnalyticsConfigurationCommand,
  PutBucketIntelligentTieringConfigurationCommand,
  PutBucketInventoryConfigurationCommand,
  PutBucketMetricsConfigurationCommand,
} from '@aws-sdk/client-s3'
import { describe, expect, it } from 'vitest'
import { failureOf, useS3 } from '../lab.ts'

const lab = useS3()
const Bucket = 'arn:aws:s3:::informes'
const inventory: InventoryConfiguration = {
  Id: 'una',
  IsEnabled: true,
  IncludedObjectVersions: 'All',
  Schedule: { Frequency: 'Daily' },
  Destination: { S3BucketDestination: { Bucket, Format: 'CSV', Prefix: 'i' } },
  OptionalFields: ['Size', 'ETag'],
}
const tiering: IntelligentTieringConfiguration = {
  Id: 'una',
  Status: 'Enabled',
  Filter: { Prefix: 'raw/' },
  Tierings: [{ Days: 90, AccessTier: 'ARCHIVE_ACCESS' }],
}
const analytics = {
  Id: 'una',
  Filter: { And: { Prefix: 'raw/', Tags: [{ Key: 'a', Value: 'b' }] } },
  StorageClassAnalysis: {
    DataExport: {
      OutputSchemaVersion: 'V_1' as const,
      Destination: { S3BucketDestination: { Bucket, Format: 'CSV' as const } },
    },
  },
}
const metrics = { Id: 'una', Filter: { Prefix: 'raw/' } }

type Target = { readonly Bucket: string; readonly Id: string }
const kinds = [
  {
    member: 'InventoryConfiguration',
    whole: inventory,
    put: (to: Target) =>
      lab.s3.send(
        new PutBucketInventoryConfigurationCommand({
          ...to,
          InventoryConfiguration: { ...inventory, Id: to.Id },
        }),
      ),
    get: (to: Target) => lab.s3.send(new GetBucketInventoryConfigurationCommand(to)),
    list: (to: object & { Bucket: string; ContinuationToken?: string }) =>
      lab.s3.send(new ListBucketInventoryConfigurationsCommand(to)),
    remove: (to: Target) => lab.s3.send(new DeleteBucketInventoryConfigurationCommand(to)),
  },
  {
    member: 'AnalyticsConfiguration',
    whole: analytics,
    put: (to: Target) =>
      lab.s3.send(
        new PutBucketAnalyticsConfigurationCommand({
          ...to,
          AnalyticsConfiguration: { ...analytics, Id: to.Id },
        }),
      ),
    get: (to: Target) => lab.s3.send(new GetBucketAnalyticsConfigurationCommand(to)),
    list: (to: { Bucket: string; ContinuationToken?: string }) =>
      lab.s3.send(new ListBucketAnalyticsConfigurationsCommand(to)),
    remove: (to: Target) => lab.s3.send(new DeleteBucketAnalyticsConfigurationCommand(to)),
  },
  {
    member: 'MetricsConfiguration',
    whole: metrics,
    put: (to: Target) =>
      lab.s3.send(
        new PutBucketMetricsConfigurationCommand({ ...to, MetricsConfiguration: { ...metrics, Id: to.Id } }),
      ),
    get: (to: Target) => lab.s3.send(new GetBucketMetricsConfigurationCommand(to)),
    list: (to: { Bucket: string; ContinuationToken?: string }) =>
      lab.s3.send(new ListBucketMetricsConfigurationsCommand(to)),
    remove: (to: Target) => lab.s3.send(new DeleteBucketMetricsConfigurationCommand(to)),
  },
  {
    member: 'IntelligentTieringConfiguration',
    whole: tiering,
    put: (to: Target) =>
      lab.s3.send(
        new PutBucketIntelligentTieringConfigurationCommand({
          ...to,
          IntelligentTieringConfiguration: { ...tiering, Id: to.Id },
        }),
      ),
    get: (to: Target) => lab.s3.send(new GetBucketIntelligentTieringConfigurationCommand(to)),
    list: (to: { Bucket: string; ContinuationToken?: string }) =>
      lab.s3.send(new ListBucketIntelligentTieringConfigurationsCommand(to)),
    remove: (to: Target) => lab.s3.send(new DeleteBucketIntelligentTieringConfigurationCommand(to)),
  },
]
const none = {
  code: 'NoSuchConfiguration',
  status: 404,
  message: 'The specified configuration does not exist.',
}

describe.each(kinds)('$member', ({ member, whole, put, get, list, remove }) => {
  it('is put, read as it was, listed and deleted', async () => {
    const to = { Bucket: await lab.newBucket(), Id: 'una' }
    expect(await failureOf(get(to))).toMatchObject(none)
    const { IsTruncated, ...empty } = (await list(to)) as unknown as Record<string, unknown>
    expect(IsTruncated).toBe(false)
    expect(empty[`${member}List`] ?? []).toEqual([])
    expect((await put(to)).$metadata.httpStatusCode).toBeLessThan(300)
    expect((await get(to)) as unknown as Record<string, unknown>).toMatchObject({ [member]: whole })
    await put({ ...to, Id: 'dos' })
    expect((await list(to)) as unknown as Record<string, unknown>).toMatchObject({
      [`${member}List`]: [{ Id: 'dos' }, { Id: 'una' }],
    })
    await remove(to)
    expect(await failureOf(get(to))).toMatchObject(none)
    expect(await failureOf(remove(to))).toMatchObject(none)
  })

  it('is listed a hundred at a time', async () => {
    const target = await lab.newBucket()
    const ids = Array.from({ length: 101 }, (_, index) => `c${String(index).padStart(3, '0')}`)
    const answers = await Promise.all(ids.map(Id => put({ Bucket: target, Id })))
    expect(new Set(answers.map(({ $metadata }) => $metadata.httpStatusCode))).toEqual(new Set([204]))
    const first = (await list({ Bucket: target })) as unknown as Record<string, unknown>
    expect(first).toMatchObject({ IsTruncated: true })
    expect(first[`${member}List`]).toHaveLength(100)
    const rest = await list({ Bucket: target, ContinuationToken: String(first.NextContinuationToken) })
    expect(rest as unknown as Record<string, unknown>).toMatchObject({
      IsTruncated: false,
      [`${member}List`]: [{ Id: 'c100' }],
    })
  })
})

it.each<[string, object, string]>([
  ['another name than the address', { Id: 'otra' }, 'IdMismatch'],
  ['a field that it cannot tell', { OptionalFields: ['Color'] }, 'MalformedXML'],
  ['no schedule', { Schedule: undefined }, 'MalformedXML'],
  ['odd versions', { IncludedObjectVersions: 'Some' }, 'MalformedXML'],
  [
    'an odd destination',
    { Destination: { S3BucketDestination: { Bucket: 'b', Format: 'CSV' } } },
    'InvalidS3DestinationBucket',
  ],
])('an inventory is refused with %s', async (_what, more, code) => {
  const put = new PutBucketInventoryConfigurationCommand({
    Bucket: await lab.newBucket(),
    Id: 'una',
    InventoryConfiguration: { ...inventory, ...more },
  })
  expect(await failureOf(lab.s3.send(put))).toMatchObject({ code, status: 400 })
})

it.each<[string, object, string]>([
  ['another name than the address', { Id: 'otra' }, 'MalformedXML'],
  ['no tiers', { Tierings: [] }, 'MalformedXML'],
  ['an odd tier', { Tierings: [{ Days: 90, AccessTier: 'FRIO' }] }, 'MalformedXML'],
  ['too few days', { Tierings: [{ Days: 89, AccessTier: 'ARCHIVE_ACCESS' }] }, 'InvalidArgument'],
])('a tiering is refused with %s', async (_what, more, code) => {
  const put = new PutBucketIntelligentTieringConfigurationCommand({
    Bucket: await lab.newBucket(),
    Id: 'una',
    IntelligentTieringConfiguration: { ...tiering, ...more } as IntelligentTieringConfiguration,
  })
  expect(await failureOf(lab.s3.send(put))).toMatchObject({ code, status: 400 })
})
