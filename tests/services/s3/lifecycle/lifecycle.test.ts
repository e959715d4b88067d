import type { LifecycleRule } from '@aws-sdk/client-s3'
import { describe, expect, it } from 'vitest'
import type { CloudEvent } from '../../../../src/cloud/events.ts'
import { runLifecycle } from '../../../../src/services/s3/lifecycle/run.ts'
import { createBucket } from '../../../../src/services/s3/operations/create-bucket.ts'
import { createMultipartUpload } from '../../../../src/services/s3/operations/create-multipart-upload.ts'
import { deleteObject } from '../../../../src/services/s3/operations/delete-object.ts'
import { headObject } from '../../../../src/services/s3/operations/head-object.ts'
import { listObjectVersions } from '../../../../src/services/s3/operations/list-object-versions.ts'
import { putBucketLifecycleConfiguration } from '../../../../src/services/s3/operations/put-bucket-lifecycle-configuration.ts'
import { putBucketVersioning } from '../../../../src/services/s3/operations/put-bucket-versioning.ts'
import { putObject } from '../../../../src/services/s3/operations/put-object.ts'
import { createS3State } from '../../../../src/services/s3/state.ts'
import { bodyOf, createTestContext } from '../context.ts'

const dayMilliseconds = 86_400_000
const Bucket = 'lago'

/** A bucket at noon of 2024-01-01, with its own clock. */
async function start(rule: Partial<LifecycleRule>, versioning?: 'Enabled' | 'Suspended') {
  const events: CloudEvent[] = []
  const state = createS3State()
  const context = createTestContext(Date.UTC(2024, 0, 1, 12), event => events.push(event))
  await createBucket(state, { Bucket }, context)
  if (versioning)
    await putBucketVersioning(state, { Bucket, VersioningConfiguration: { Status: versioning } }, context)
  const whole: LifecycleRule = { ID: 'regla', Status: 'Enabled', Filter: {}, ...rule }
  await putBucketLifecycleConfiguration(
    state,
    { Bucket, LifecycleConfiguration: { Rules: [whole] } },
    context,
  )
  return {
    state,
    context,
    events,
    put: (Key: string, options: { text?: string; Tagging?: string } = {}) =>
      putObject(state, { Bucket, Key, Body: bodyOf(options.text ?? 'x'), Tagging: options.Tagging }, context),
    /** Moves the clock to a moment of UTC and does what became due. */
    goTo: (moment: string) => {
      context.clock.advance(Date.parse(moment) - context.clock.now())
      runLifecycle(state, context)
    },
    history: async () => {
      const page = await listObjectVersions(state, { Bucket }, context)
      const versions = (page.Versions ?? []).map(({ Key, IsLatest }) => `${Key}${IsLatest ? '' : ' old'}`)
      return [
        ...versions,
        ...(page.DeleteMarkers ?? []).map(({ Key, IsLatest }) => `${Key} ✝${IsLatest ? '' : ' old'}`),
      ]
    },
  }
}

describe('expiration', () => {
  it('comes at the midnight after its days', async () => {
    const lake = await start({ Expiration: { Days: 3 } })
    await lake.put('k')
    lake.goTo('2024-01-04T23:59:59Z')
    expect(await lake.history()).toEqual(['k'])
    lake.goTo('2024-01-05T00:00:00Z')
    expect(await lake.history()).toEqual([])
    expect(lake.events.at(-1)).toMatchObject({ type: 's3:LifecycleExpiration:Delete', detail: { key: 'k' } })
  })

  it('is told with the object', async () => {
    const lake = await start({ ID: 'regla de 3', Expiration: { Days: 3 } })
    const told = 'expiry-date="Fri, 05 Jan 2024 00:00:00 GMT", rule-id="regla%20de%203"'
    expect((await lake.put('k')).Expiration).toBe(told)
    expect((await headObject(lake.state, { Bucket, Key: 'k' }, lake.context)).Expiration).toBe(told)
  })

  it('may come on a date', async () => {
    const lake = await start({ Expiration: { Date: new Date('2024-02-01T00:00:00Z') } })
    await lake.put('k')
    lake.goTo('2024-01-31T23:00:00Z')
    expect(await lake.history()).toEqual(['k'])
    lake.goTo('2024-02-01T00:00:00Z')
    expect(await lake.history()).toEqual([])
  })

  it('finds old objects at the midnight after the rule was put', async () => {
    const lake = await start({ Status: 'Disabled', Expiration: { Days: 1 } })
    await lake.put('k')
    lake.goTo('2024-03-01T12:00:00Z')
    const Rules: LifecycleRule[] = [{ ID: 'r', Status: 'Enabled', Filter: {}, Expiration: { Days: 1 } }]
    await putBucketLifecycleConfiguration(
      lake.state,
      { Bucket, LifecycleConfiguration: { Rules } },
      lake.context,
    )
    lake.goTo('2024-03-01T23:00:00Z')
    expect(await lake.history()).toEqual(['k'])
    lake.goTo('2024-03-02T00:00:00Z')
    expect(await lake.history()).toEqual([])
  })

  const filters: readonly { name: string; rule: Partial<LifecycleRule>; kept: string[] }[] = [
    { name: 'everything', rule: { Filter: {} }, kept: [] },
    { name: 'an empty prefix', rule: { Filter: { Prefix: '' } }, kept: [] },
    { name: 'a prefix', rule: { Filter: { Prefix: 'raw/' } }, kept: ['other', 'raw-old'] },
    { name: 'the old prefix', rule: { Filter: undefined, Prefix: 'raw' }, kept: ['other'] },
    {
      name: 'a tag',
      rule: { Filter: { Tag: { Key: 'borrar', Value: 'sí' } } },
      kept: ['other', 'raw-old', 'raw/large'],
    },
    {
      name: 'more bytes',
      rule: { Filter: { ObjectSizeGreaterThan: 2 } },
      kept: ['other', 'raw-old', 'raw/tagged'],
    },
    { name: 'fewer bytes', rule: { Filter: { ObjectSizeLessThan: 3 } }, kept: ['raw/large'] },
    {
      name: 'all of several',
      rule: {
        Filter: { And: { Prefix: 'raw/', Tags: [{ Key: 'borrar', Value: 'sí' }], ObjectSizeLessThan: 3 } },
      },
      kept: ['other', 'raw-old', 'raw/large'],
    },
    {
      name: 'nothing when it is disabled',
      rule: { Status: 'Disabled' },
      kept: ['other', 'raw-old', 'raw/large', 'raw/tagged'],
    },
  ]
  it.each(filters)('is about $name', async ({ rule, kept }) => {
    const lake = await start({ Expiration: { Days: 1 }, ...rule })
    await lake.put('other')
    await lake.put('raw-old')
    await lake.put('raw/large', { text: 'xxx' })
    await lake.put('raw/tagged', { Tagging: 'borrar=s%C3%AD' })
    lake.goTo('2024-02-01T00:00:00Z')
    expect(await lake.history()).toEqual(kept)
  })

  it('leaves a marker in a versioned bucket', async () => {
    const lake = await start({ Expiration: { Days: 1 }, Filter: { Prefix: 'k' } }, 'Enabled')
    await lake.put('k')
    lake.goTo('2024-01-03T00:00:00Z')
    expect(await lake.history()).toEqual(['k old', 'k ✝'])
    expect(lake.events.at(-1)?.type).toBe('s3:LifecycleExpiration:DeleteMarkerCreated')
  })

  it('leaves a marker with the version null in a suspended bucket', async () => {
    const lake = await start({ Expiration: { Days: 1 } }, 'Suspended')
    await lake.put('k')
    lake.goTo('2024-01-03T00:00:00Z')
    expect(await lake.history()).toEqual(['k ✝'])
    lake.goTo('2024-01-05T00:00:00Z')
    expect(await lake.history()).toEqual([])
  })
})

describe('old versions', () => {
  it('expire so many days after they became old', async () => {
    const lake = await start({ NoncurrentVersionExpiration: { NoncurrentDays: 30 } }, 'Enabled')
    await lake.put('k')
    lake.goTo('2024-01-10T12:00:00Z')
    await lake.put('k')
    lake.goTo('2024-02-09T23:00:00Z')
    expect(await lake.history()).toEqual(['k', 'k old'])
    lake.goTo('2024-02-10T00:00:00Z')
    expect(await lake.history()).toEqual(['k'])
  })

  it('may be kept up to a number', async () => {
    const rule = { NoncurrentVersionExpiration: { NoncurrentDays: 1, NewerNoncurrentVersions: 2 } }
    const lake = await start(rule, 'Enabled')
    for (let count = 0; count < 5; count++) await lake.put('k')
    lake.goTo('2024-02-01T00:00:00Z')
    expect(await lake.history()).toEqual(['k', 'k old', 'k old'])
  })

  it('are not those of a bucket without versions', async () => {
    const lake = await start({ NoncurrentVersionExpiration: { NoncurrentDays: 1 } })
    await lake.put('k')
    await lake.put('k')
    lake.goTo('2025-01-01T00:00:00Z')
    expect(await lake.history()).toEqual(['k'])
  })

  it('go in the right order when a year passes at once', async () => {
    const rule = { Expiration: { Days: 90 }, NoncurrentVersionExpiration: { NoncurrentDays: 30 } }
    const jump = await start(rule, 'Enabled')
    const walk = await start(rule, 'Enabled')
    for (const lake of [jump, walk]) await lake.put('k')
    jump.goTo('2024-04-15T00:00:00Z')
    expect(await jump.history()).toEqual(['k old', 'k ✝'])
    jump.goTo('2024-12-01T00:00:00Z')
    for (let time = Date.UTC(2024, 0, 2); time <= Date.UTC(2024, 11, 1); time += dayMilliseconds) {
      walk.goTo(new Date(time).toISOString())
    }
    expect(await walk.history()).toEqual([])
    expect(await jump.history()).toEqual(await walk.history())
  })
})

describe('a delete marker without versions', () => {
  it.each([
    { name: 'ExpiredObjectDeleteMarker', Expiration: { ExpiredObjectDeleteMarker: true }, day: '2024-01-02' },
    { name: 'Days', Expiration: { Days: 5 }, day: '2024-01-07' },
  ])('goes by $name', async ({ Expiration, day }) => {
    const lake = await start({ Expiration }, 'Enabled')
    await deleteObject(lake.state, { Bucket, Key: 'k' }, lake.context)
    lake.goTo(`2024-01-01T23:59:59Z`)
    expect(await lake.history()).toEqual(['k ✝'])
    lake.goTo(`${day}T00:00:00Z`)
    expect(await lake.history()).toEqual([])
  })

  it('stays while a version is under it', async () => {
    const lake = await start({ Expiration: { ExpiredObjectDeleteMarker: true } }, 'Enabled')
    await lake.put('k')
    await deleteObject(lake.state, { Bucket, Key: 'k' }, lake.context)
    lake.goTo('2025-01-01T00:00:00Z')
    expect(await lake.history()).toEqual(['k old', 'k ✝'])
  })
})

describe('uploads that nobody completes', () => {
  it('are aborted, those of the prefix', async () => {
    const rule = { AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 }, Filter: { Prefix: 'raw/' } }
    const lake = await start(rule)
    const { AbortDate, AbortRuleId } = await createMultipartUpload(
      lake.state,
      { Bucket, Key: 'raw/a' },
      lake.context,
    )
    await createMultipartUpload(lake.state, { Bucket, Key: 'other' }, lake.context)
    expect(AbortDate).toEqual(new Date('2024-01-09T00:00:00Z'))
    expect(AbortRuleId).toBe('regla')
    const left = () => [...(lake.state.buckets.get(Bucket)?.uploads.values() ?? [])].map(({ key }) => key)
    lake.goTo('2024-01-08T23:59:59Z')
    expect(left()).toEqual(['raw/a', 'other'])
    lake.goTo('2024-01-09T00:00:00Z')
    expect(left()).toEqual(['other'])
  })
})

describe('transitions', () => {
  const large = { text: 'x'.repeat(128 * 1024) }

  it('move large objects to colder classes, one after the other', async () => {
    const Transitions = [
      { Days: 60, StorageClass: 'GLACIER' as const },
      { Days: 30, StorageClass: 'STANDARD_IA' as const },
    ]
    const lake = await start({ Transitions })
    await lake.put('large', large)
    await lake.put('small')
    const classes = async () =>
      Promise.all(
        ['large', 'small'].map(
          async Key => (await headObject(lake.state, { Bucket, Key }, lake.context)).StorageClass,
        ),
      )
    lake.goTo('2024-02-01T00:00:00Z')
    expect(await classes()).toEqual(['STANDARD_IA', undefined])
    lake.goTo('2024-03-02T00:00:00Z')
    expect(await classes()).toEqual(['GLACIER', undefined])
  })

  it('move old versions too', async () => {
    const NoncurrentVersionTransitions = [{ NoncurrentDays: 1, StorageClass: 'GLACIER' as const }]
    const lake = await start({ NoncurrentVersionTransitions }, 'Enabled')
    await lake.put('k', large)
    await lake.put('k', large)
    lake.goTo('2024-01-03T00:00:00Z')
    const { Versions } = await listObjectVersions(lake.state, { Bucket }, lake.context)
    expect(Versions?.map(({ StorageClass }) => StorageClass)).toEqual(['STANDARD', 'GLACIER'])
  })
})
