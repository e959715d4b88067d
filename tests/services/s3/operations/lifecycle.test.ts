import {
  DeleteBucketLifecycleCommand,
  GetBucketLifecycleConfigurationCommand,
  HeadObjectCommand,
  type LifecycleRule,
  PutBucketLifecycleConfigurationCommand,
} from '@aws-sdk/client-s3'
import { describe, expect, it } from 'vitest'
import { failureOf, useS3 } from '../lab.ts'

const lab = useS3()

function put(
  Bucket: string,
  Rules: LifecycleRule[],
  TransitionDefaultMinimumObjectSize?: 'varies_by_storage_class',
) {
  return lab.s3.send(
    new PutBucketLifecycleConfigurationCommand({
      Bucket,
      LifecycleConfiguration: { Rules },
      TransitionDefaultMinimumObjectSize,
    }),
  )
}

const valid: LifecycleRule = { ID: 'r', Status: 'Enabled', Filter: { Prefix: '' }, Expiration: { Days: 7 } }

describe('a lifecycle', () => {
  it('comes back as it was put', async () => {
    const Bucket = await lab.newBucket()
    const read = () => lab.s3.send(new GetBucketLifecycleConfigurationCommand({ Bucket }))
    const none = { code: 'NoSuchLifecycleConfiguration', status: 404, members: { BucketName: Bucket } }
    expect(await failureOf(read())).toMatchObject(none)
    const Rules: LifecycleRule[] = [
      valid,
      {
        ID: 'vacío',
        Status: 'Disabled',
        Filter: {},
        AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 },
      },
      {
        ID: 'todo',
        Status: 'Enabled',
        Filter: {
          And: {
            Prefix: 'ñ/',
            Tags: [{ Key: 'a', Value: 'b' }],
            ObjectSizeGreaterThan: 1,
            ObjectSizeLessThan: 9,
          },
        },
        Expiration: { Date: new Date('2030-01-01T00:00:00Z') },
        Transitions: [{ Days: 30, StorageClass: 'STANDARD_IA' }],
        NoncurrentVersionExpiration: { NoncurrentDays: 3, NewerNoncurrentVersions: 2 },
        NoncurrentVersionTransitions: [{ NoncurrentDays: 30, StorageClass: 'ONEZONE_IA' }],
      },
    ]
    const answer = await put(Bucket, Rules)
    expect(answer.TransitionDefaultMinimumObjectSize).toBe('all_storage_classes_128K')
    expect(await read()).toMatchObject({
      Rules,
      TransitionDefaultMinimumObjectSize: 'all_storage_classes_128K',
    })
    await put(Bucket, [valid], 'varies_by_storage_class')
    expect(await read()).toMatchObject({
      Rules: [valid],
      TransitionDefaultMinimumObjectSize: 'varies_by_storage_class',
    })
    await lab.s3.send(new DeleteBucketLifecycleCommand({ Bucket }))
    expect(await failureOf(read())).toMatchObject(none)
  })

  it('names the rules that come without a name', async () => {
    const Bucket = await lab.newBucket()
    const { ID: _, ...nameless } = valid
    await put(Bucket, [nameless, nameless])
    const { Rules = [] } = await lab.s3.send(new GetBucketLifecycleConfigurationCommand({ Bucket }))
    expect(new Set(Rules.map(({ ID }) => ID)).size).toBe(2)
  })

  it('works when the clock moves', async () => {
    const Bucket = await lab.newBucket()
    await put(Bucket, [{ ...valid, Filter: { Prefix: 'raw/' }, Expiration: { Days: 90 } }])
    await lab.put(Bucket, 'raw/a')
    await lab.put(Bucket, 'raw-old')
    const isThere = async (Key: string) => {
      const answer = await lab.fetch(`/${Bucket}/${Key}`, { method: 'HEAD' })
      return answer.status === 200
    }
    await lab.cloud.advanceClock(89 * 86_400_000)
    expect(await isThere('raw/a')).toBe(true)
    await lab.cloud.advanceClock(2 * 86_400_000)
    expect(await isThere('raw/a')).toBe(false)
    expect(await isThere('raw-old')).toBe(true)
    const head = await lab.s3.send(new HeadObjectCommand({ Bucket, Key: 'raw-old' }))
    expect(head.Expiration).toBeUndefined()
  })
})

describe('a lifecycle is refused', () => {
  const malformed = { code: 'MalformedXML' }
  const cases: readonly { name: string; rules: LifecycleRule[]; failure: object }[] = [
    { name: 'without rules', rules: [], failure: malformed },
    { name: 'without a filter', rules: [{ ...valid, Filter: undefined }], failure: malformed },
    { name: 'with a filter and the old prefix', rules: [{ ...valid, Prefix: '' }], failure: malformed },
    {
      name: 'with two filters',
      rules: [{ ...valid, Filter: { Prefix: '', ObjectSizeGreaterThan: 500 } }],
      failure: malformed,
    },
    {
      name: 'with And beside another filter',
      rules: [{ ...valid, Filter: { Prefix: '', And: { Prefix: 'x' } } }],
      failure: malformed,
    },
    { name: 'with an unknown status', rules: [{ ...valid, Status: 'On' as 'Enabled' }], failure: malformed },
    {
      name: 'without an action',
      rules: [{ ...valid, Expiration: undefined }],
      failure: { code: 'InvalidRequest', message: 'At least one action needs to be specified in a rule' },
    },
    {
      name: 'with two expirations',
      rules: [{ ...valid, Expiration: { Days: 1, ExpiredObjectDeleteMarker: true } }],
      failure: malformed,
    },
    {
      name: 'with no days',
      rules: [{ ...valid, Expiration: { Days: 0 } }],
      failure: {
        code: 'InvalidArgument',
        message: "'Days' for Expiration action must be a positive integer",
      },
    },
    {
      name: 'with a date that is no midnight',
      rules: [{ ...valid, Expiration: { Date: new Date('2023-01-01T02:02:00Z') } }],
      failure: {
        code: 'InvalidArgument',
        message: "'Date' must be at midnight GMT",
        members: { ArgumentName: 'Date' },
      },
    },
    {
      name: 'with a tag twice',
      rules: [
        {
          ...valid,
          Filter: {
            And: {
              Tags: [
                { Key: 'a', Value: '1' },
                { Key: 'a', Value: '2' },
              ],
            },
          },
        },
      ],
      failure: { code: 'InvalidRequest', message: 'Duplicate Tag Keys are not allowed.' },
    },
    {
      name: 'with impossible sizes',
      rules: [{ ...valid, Filter: { And: { ObjectSizeGreaterThan: 9, ObjectSizeLessThan: 9 } } }],
      failure: { code: 'InvalidRequest' },
    },
    {
      name: 'with the same name twice',
      rules: [valid, valid],
      failure: {
        code: 'InvalidArgument',
        message: 'Rule ID must be unique. Found same ID for more than one rule',
      },
    },
    {
      name: 'with a long name',
      rules: [{ ...valid, ID: 'x'.repeat(256) }],
      failure: { code: 'InvalidArgument', message: 'ID length should not exceed allowed limit of 255' },
    },
    {
      name: 'with old versions that never expire',
      rules: [{ ...valid, NoncurrentVersionExpiration: {} }],
      failure: malformed,
    },
    {
      name: 'with more kept versions than S3 counts',
      rules: [{ ...valid, NoncurrentVersionExpiration: { NoncurrentDays: 1, NewerNoncurrentVersions: 101 } }],
      failure: { code: 'InvalidArgument' },
    },
    {
      name: 'when it aborts by tag',
      rules: [
        {
          ...valid,
          Filter: { Tag: { Key: 'a', Value: 'b' } },
          AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 },
        },
      ],
      failure: {
        code: 'InvalidRequest',
        message: 'AbortIncompleteMultipartUpload cannot be specified with Tags.',
      },
    },
    {
      name: 'when it aborts by size',
      rules: [
        {
          ...valid,
          Filter: { ObjectSizeGreaterThan: 1 },
          AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 },
        },
      ],
      failure: {
        code: 'InvalidRequest',
        message: 'AbortIncompleteMultipartUpload cannot be specified with Object Size.',
      },
    },
    {
      name: 'when it removes markers by tag',
      rules: [
        {
          ...valid,
          Filter: { Tag: { Key: 'a', Value: 'b' } },
          Expiration: { ExpiredObjectDeleteMarker: true },
        },
      ],
      failure: { code: 'InvalidRequest' },
    },
    {
      name: 'with an early transition',
      rules: [{ ...valid, Transitions: [{ Days: 29, StorageClass: 'STANDARD_IA' }] }],
      failure: {
        code: 'InvalidArgument',
        message:
          "'Days' in Transition action must be greater than or equal to 30 for storageClass 'STANDARD_IA'",
      },
    },
    {
      name: 'with a transition to nowhere',
      rules: [{ ...valid, Transitions: [{ Days: 30, StorageClass: 'STANDARD' as 'GLACIER' }] }],
      failure: malformed,
    },
  ]

  it.each(cases)('$name', async ({ rules, failure }) => {
    const Bucket = await lab.newBucket()
    expect(await failureOf(put(Bucket, rules))).toMatchObject({ status: 400, ...failure })
    const read = lab.s3.send(new GetBucketLifecycleConfigurationCommand({ Bucket }))
    expect((await failureOf(read)).code).toBe('NoSuchLifecycleConfiguration')
  })

  it('with an unknown choice of small objects', async () => {
    const Bucket = await lab.newBucket()
    const call = put(Bucket, [valid], 'value' as 'varies_by_storage_class')
    expect(await failureOf(call)).toMatchObject({
      code: 'InvalidRequest',
      message: 'Invalid TransitionDefaultMinimumObjectSize found: value',
    })
  })
})
