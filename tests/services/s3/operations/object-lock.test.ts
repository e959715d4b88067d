import {
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetBucketVersioningCommand,
  GetObjectLegalHoldCommand,
  GetObjectLockConfigurationCommand,
  GetObjectRetentionCommand,
  HeadObjectCommand,
  type ObjectLockRule,
  PutBucketVersioningCommand,
  PutObjectCommand,
  PutObjectLegalHoldCommand,
  PutObjectLockConfigurationCommand,
  PutObjectRetentionCommand,
  UploadPartCommand,
} from '@aws-sdk/client-s3'
import { describe, expect, it } from 'vitest'
import { failureOf, useS3 } from '../lab.ts'

const lab = useS3()
const dayMilliseconds = 86_400_000
const locked = {
  code: 'AccessDenied',
  status: 403,
  message: 'Access Denied because object protected by object lock.',
}
const withoutLock = { code: 'InvalidRequest', message: 'Bucket is missing Object Lock Configuration' }

let bucketCount = 0
async function lockBucket(): Promise<string> {
  const Bucket = `caja-fuerte-${++bucketCount}`
  await lab.s3.send(new CreateBucketCommand({ Bucket, ObjectLockEnabledForBucket: true }))
  return Bucket
}
let advanced = 0
async function advance(milliseconds: number): Promise<void> {
  advanced += milliseconds
  await lab.cloud.advanceClock(milliseconds)
}
/** A moment on the cloud's clock, in whole seconds. */
const inDays = (days: number) =>
  new Date(Math.floor((Date.now() + advanced + days * dayMilliseconds) / 1000) * 1000)
const configure = (Bucket: string, Rule?: ObjectLockRule, ObjectLockEnabled = 'Enabled') =>
  lab.s3.send(
    new PutObjectLockConfigurationCommand({
      Bucket,
      ObjectLockConfiguration: {
        ObjectLockEnabled: ObjectLockEnabled as 'Enabled',
        ...(Rule && { Rule }),
      },
    }),
  )
async function put(Bucket: string, more: object = {}) {
  const { VersionId } = await lab.s3.send(new PutObjectCommand({ Bucket, Key: 'k', Body: 'x', ...more }))
  return { Bucket, Key: 'k', VersionId }
}
type Version = Awaited<ReturnType<typeof put>>
const retain = (version: Version, Retention: object, BypassGovernanceRetention?: true) =>
  lab.s3.send(new PutObjectRetentionCommand({ ...version, Retention, BypassGovernanceRetention }))
const remove = (version: Version, BypassGovernanceRetention?: true) =>
  lab.s3.send(new DeleteObjectCommand({ ...version, BypassGovernanceRetention }))

describe('the lock of a bucket', () => {
  it('comes with the bucket, and with versioning', async () => {
    const Bucket = await lockBucket()
    const { Status } = await lab.s3.send(new GetBucketVersioningCommand({ Bucket }))
    expect(Status).toBe('Enabled')
    const got = await lab.s3.send(new GetObjectLockConfigurationCommand({ Bucket }))
    expect(got.ObjectLockConfiguration).toEqual({ ObjectLockEnabled: 'Enabled' })
    const suspend = new PutBucketVersioningCommand({
      Bucket,
      VersioningConfiguration: { Status: 'Suspended' },
    })
    expect(await failureOf(lab.s3.send(suspend))).toMatchObject({
      code: 'InvalidBucketState',
      status: 409,
      message:
        'An Object Lock configuration is present on this bucket, so the versioning state cannot be changed.',
    })
  })

  it('may be given later to a versioned bucket', async () => {
    const plain = await lab.newBucket()
    expect(await failureOf(configure(plain))).toMatchObject({
      code: 'InvalidBucketState',
      status: 409,
      message: "Versioning must be 'Enabled' on the bucket to apply a Object Lock configuration",
    })
    const get = (Bucket: string) => lab.s3.send(new GetObjectLockConfigurationCommand({ Bucket }))
    expect(await failureOf(get(plain))).toMatchObject({
      code: 'ObjectLockConfigurationNotFoundError',
      status: 404,
      message: 'Object Lock configuration does not exist for this bucket',
    })
    const Bucket = await lab.newBucket({ versioning: 'Enabled' })
    const Rule = { DefaultRetention: { Mode: 'GOVERNANCE' as const, Years: 1 } }
    await configure(Bucket, Rule)
    expect((await get(Bucket)).ObjectLockConfiguration).toEqual({ ObjectLockEnabled: 'Enabled', Rule })
  })

  it.each<[string, object, string]>([
    ['no period', { Mode: 'GOVERNANCE' }, 'MalformedXML'],
    ['two periods', { Mode: 'GOVERNANCE', Days: 1, Years: 1 }, 'MalformedXML'],
    ['no mode', { Days: 1 }, 'MalformedXML'],
    ['an odd mode', { Mode: 'governance', Days: 1 }, 'MalformedXML'],
    ['no days', { Mode: 'COMPLIANCE', Days: 0 }, 'InvalidArgument'],
    ['too many years', { Mode: 'COMPLIANCE', Years: 101 }, 'InvalidArgument'],
  ])('is refused with %s', async (_what, DefaultRetention, code) => {
    const Bucket = await lockBucket()
    expect(await failureOf(configure(Bucket, { DefaultRetention }))).toMatchObject({ code, status: 400 })
  })

  it('must be enabled', async () => {
    expect(await failureOf(configure(await lockBucket(), undefined, 'Disabled'))).toMatchObject({
      code: 'MalformedXML',
    })
  })
})

describe('a retention', () => {
  it('by default is that of the bucket', async () => {
    const Bucket = await lockBucket()
    await configure(Bucket, { DefaultRetention: { Mode: 'GOVERNANCE', Days: 2 } })
    const version = await put(Bucket)
    const head = await lab.s3.send(new HeadObjectCommand(version))
    expect(head.ObjectLockMode).toBe('GOVERNANCE')
    const until = head.ObjectLockRetainUntilDate?.getTime() ?? 0
    expect(Math.abs(until - inDays(2).getTime())).toBeLessThan(5000)
    expect(await failureOf(remove(version))).toMatchObject(locked)
    await advance(3 * dayMilliseconds)
    await remove(version)
  })

  it('in governance mode is passed by who says so, in compliance mode by nobody', async () => {
    const Bucket = await lockBucket()
    const lock = (ObjectLockMode: string) => ({ ObjectLockMode, ObjectLockRetainUntilDate: inDays(1) })
    const governed = await put(Bucket, lock('GOVERNANCE'))
    const complying = await put(Bucket, lock('COMPLIANCE'))
    expect(await failureOf(remove(governed))).toMatchObject(locked)
    await remove(governed, true)
    expect(await failureOf(remove(complying, true))).toMatchObject(locked)
    const { Deleted, Errors } = await lab.s3.send(
      new DeleteObjectsCommand({
        Bucket,
        BypassGovernanceRetention: true,
        Delete: { Objects: [{ Key: 'k', VersionId: complying.VersionId }, { Key: 'k' }] },
      }),
    )
    expect(Errors).toMatchObject([{ Key: 'k', VersionId: complying.VersionId, Code: 'AccessDenied' }])
    expect(Deleted).toMatchObject([{ Key: 'k', DeleteMarker: true }])
  })

  it('may grow at any time, and shrink only past governance', async () => {
    const Bucket = await lockBucket()
    const version = await put(Bucket)
    const to = (days: number, Mode = 'GOVERNANCE') => ({ Mode, RetainUntilDate: inDays(days) })
    const get = () => lab.s3.send(new GetObjectRetentionCommand(version))
    expect(await failureOf(get())).toMatchObject({
      code: 'NoSuchObjectLockConfiguration',
      status: 404,
      message: 'The specified object does not have a ObjectLock configuration',
    })
    await retain(version, to(2))
    const later = to(4)
    await retain(version, later)
    expect((await get()).Retention).toEqual(later)
    expect(await failureOf(retain(version, to(1)))).toMatchObject(locked)
    expect(await failureOf(retain(version, {}))).toMatchObject(locked)
    expect(await failureOf(retain(version, to(5, 'COMPLIANCE')))).toMatchObject(locked)
    await retain(version, to(1), true)
    await retain(version, to(5, 'COMPLIANCE'), true)
    expect(await failureOf(retain(version, to(4, 'COMPLIANCE'), true))).toMatchObject(locked)
    expect(await failureOf(retain(version, to(6), true))).toMatchObject(locked)
    await retain(version, to(6, 'COMPLIANCE'))
  })

  it.each<[string, object, string, string?]>([
    ['half of it', { Mode: 'GOVERNANCE' }, 'MalformedXML'],
    ['an odd mode', { Mode: 'x', RetainUntilDate: new Date('2999-01-01') }, 'MalformedXML'],
    [
      'a date gone by',
      { Mode: 'GOVERNANCE', RetainUntilDate: new Date('2001-01-01') },
      'InvalidArgument',
      'The retain until date must be in the future!',
    ],
  ])('is refused with %s', async (_what, retention, code, message) => {
    const failure = await failureOf(retain(await put(await lockBucket()), retention))
    if (message !== undefined) expect(failure.members.ArgumentValue).toMatch(/^Sun Dec 31 16:00:00 PST 2000$/)
    expect(failure).toMatchObject({ code, status: 400, ...(message && { message }) })
  })
})

it('a legal hold keeps an object until it is let go', async () => {
  const version = await put(await lockBucket())
  const get = () => lab.s3.send(new GetObjectLegalHoldCommand(version))
  const hold = (Status: string) =>
    lab.s3.send(new PutObjectLegalHoldCommand({ ...version, LegalHold: { Status: Status as 'ON' } }))
  expect(await failureOf(get())).toMatchObject({ code: 'NoSuchObjectLockConfiguration' })
  expect(await failureOf(hold('quizá'))).toMatchObject({ code: 'MalformedXML' })
  await hold('ON')
  expect((await get()).LegalHold).toEqual({ Status: 'ON' })
  expect(await failureOf(remove(version, true))).toMatchObject(locked)
  await hold('OFF')
  expect((await get()).LegalHold).toEqual({ Status: 'OFF' })
  await remove(version)
})

describe('a writer', () => {
  it('locks by headers, in copies and multipart uploads as well', async () => {
    const Bucket = await lockBucket()
    const lock = {
      ObjectLockMode: 'COMPLIANCE' as const,
      ObjectLockRetainUntilDate: inDays(1),
      ObjectLockLegalHoldStatus: 'ON' as const,
    }
    await put(Bucket, lock)
    await lab.s3.send(new CopyObjectCommand({ Bucket, Key: 'copia', CopySource: `${Bucket}/k`, ...lock }))
    await lab.s3.send(new CopyObjectCommand({ Bucket, Key: 'libre', CopySource: `${Bucket}/k` }))
    const upload = { Bucket, Key: 'partes' }
    const { UploadId } = await lab.s3.send(new CreateMultipartUploadCommand({ ...upload, ...lock }))
    const part = new UploadPartCommand({ ...upload, UploadId, PartNumber: 1, Body: 'x' })
    const { ETag } = await lab.s3.send(part)
    const Parts = [{ PartNumber: 1, ETag }]
    await lab.s3.send(new CompleteMultipartUploadCommand({ ...upload, UploadId, MultipartUpload: { Parts } }))
    for (const Key of ['k', 'copia', 'partes'])
      expect(await lab.s3.send(new HeadObjectCommand({ Bucket, Key }))).toMatchObject(lock)
    const free = await lab.s3.send(new HeadObjectCommand({ Bucket, Key: 'libre' }))
    expect(free.ObjectLockMode).toBeUndefined()
  })

  it.each<[string, object, string, string]>([
    [
      'a mode without a date',
      { ObjectLockMode: 'GOVERNANCE' },
      'InvalidArgument',
      'x-amz-object-lock-retain-until-date and x-amz-object-lock-mode must both be supplied',
    ],
    [
      'a date without a mode',
      { ObjectLockRetainUntilDate: new Date('2999-01-01') },
      'InvalidArgument',
      'x-amz-object-lock-retain-until-date and x-amz-object-lock-mode must both be supplied',
    ],
    [
      'an odd mode',
      { ObjectLockMode: 'x', ObjectLockRetainUntilDate: new Date('2999-01-01') },
      'InvalidArgument',
      'Unknown wormMode directive.',
    ],
    [
      'a date gone by',
      { ObjectLockMode: 'GOVERNANCE', ObjectLockRetainUntilDate: new Date('2001-01-01') },
      'InvalidArgument',
      'The retain until date must be in the future!',
    ],
    [
      'an odd hold',
      { ObjectLockLegalHoldStatus: 'x' },
      'InvalidArgument',
      "Legal Hold must be either of 'ON' or 'OFF'",
    ],
  ])('is refused with %s', async (_what, more, code, message) => {
    const failure = await failureOf(put(await lockBucket(), more))
    expect(failure).toMatchObject({ code, message, status: 400 })
    // What is missing is named, not what is there.
    if (message.includes('must both'))
      expect(failure.members.ArgumentName).toBe(
        'ObjectLockMode' in more ? 'x-amz-object-lock-retain-until-date' : 'x-amz-object-lock-mode',
      )
  })

  it('must send a digest with a lock', async () => {
    const Bucket = await lockBucket()
    const answer = await lab.fetch(`/${Bucket}/k`, {
      method: 'PUT',
      body: 'x',
      headers: { 'x-amz-object-lock-legal-hold': 'ON' },
    })
    expect(answer.status).toBe(400)
    expect(await answer.text()).toContain(
      'Content-MD5 OR x-amz-checksum- HTTP header is required for Put Object requests with Object Lock parameters',
    )
  })
})

it('a legal hold that says nothing is refused before the bucket is asked', async () => {
  const Bucket = await lab.newBucket()
  await lab.put(Bucket, 'k')
  expect(await failureOf(lab.s3.send(new PutObjectLegalHoldCommand({ Bucket, Key: 'k' })))).toMatchObject({
    code: 'MalformedXML',
  })
})

it('a bucket without lock takes none', async () => {
  const version = await put(await lab.newBucket())
  const { VersionId: _, ...current } = version
  for (const call of [
    () => put(version.Bucket, { ObjectLockLegalHoldStatus: 'ON' }),
    () => lab.s3.send(new GetObjectRetentionCommand(current)),
    () => lab.s3.send(new GetObjectLegalHoldCommand(current)),
    () => lab.s3.send(new PutObjectLegalHoldCommand({ ...current, LegalHold: { Status: 'ON' } })),
  ])
    expect(await failureOf(call())).toMatchObject(withoutLock)
})
