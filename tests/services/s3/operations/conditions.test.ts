import {
  GetObjectCommand,
  HeadObjectCommand,
  PutObjectCommand,
  type PutObjectCommandInput,
} from '@aws-sdk/client-s3'
import { beforeAll, describe, expect, it } from 'vitest'
import { failureOf, textOf, useS3 } from '../lab.ts'

const lab = useS3()

const eTag = '"8d777f385d3dfec8815d20f7496026dc"'
const other = '"0000000000000000000000000000000a"'

describe('conditions on a read', () => {
  let Bucket: string
  let lastModified: Date
  beforeAll(async () => {
    Bucket = await lab.newBucket()
    await lab.put(Bucket, 'k', 'data')
    const head = await lab.s3.send(new HeadObjectCommand({ Bucket, Key: 'k' }))
    expect(head.ETag).toBe(eTag)
    lastModified = head.LastModified ?? new Date(Number.NaN)
    await lab.cloud.advanceClock(10_000)
  })

  /** `since` is in seconds from when the object was written. */
  const cases: readonly {
    IfMatch?: string
    IfNoneMatch?: string
    modifiedSince?: number
    unmodifiedSince?: number
    status: number
    condition?: string
  }[] = [
    { IfMatch: eTag, status: 200 },
    { IfMatch: eTag.replaceAll('"', ''), status: 200 },
    { IfMatch: `${other}, ${eTag}`, status: 200 },
    { IfMatch: '*', status: 200 },
    { IfMatch: other, status: 412, condition: 'If-Match' },
    { IfNoneMatch: other, status: 200 },
    { IfNoneMatch: eTag, status: 304 },
    { IfNoneMatch: eTag.replaceAll('"', ''), status: 304 },
    { IfNoneMatch: `W/${eTag}`, status: 304 },
    { modifiedSince: -1, status: 200 },
    { modifiedSince: 0, status: 304 },
    { modifiedSince: 3600, status: 200 },
    { unmodifiedSince: 0, status: 200 },
    { unmodifiedSince: -1, status: 412, condition: 'If-Unmodified-Since' },
    { IfMatch: eTag, unmodifiedSince: -1, status: 200 },
    { IfMatch: other, unmodifiedSince: 0, status: 412, condition: 'If-Match' },
    { IfNoneMatch: eTag, modifiedSince: -1, status: 304 },
    { IfNoneMatch: other, modifiedSince: 0, status: 200 },
    { IfMatch: eTag, IfNoneMatch: eTag, status: 304 },
  ]

  it.each(cases)(
    '%o',
    async ({ IfMatch, IfNoneMatch, modifiedSince, unmodifiedSince, status, condition }) => {
      const at = (seconds: number | undefined) =>
        seconds === undefined ? undefined : new Date(lastModified.getTime() + seconds * 1000)
      const input = {
        Bucket,
        Key: 'k',
        IfMatch,
        IfNoneMatch,
        IfModifiedSince: at(modifiedSince),
        IfUnmodifiedSince: at(unmodifiedSince),
      }
      if (status === 200) {
        expect(await textOf(await lab.s3.send(new GetObjectCommand(input)))).toBe('data')
        await expect(lab.s3.send(new HeadObjectCommand(input))).resolves.toMatchObject({ ContentLength: 4 })
        return
      }
      const get = await failureOf(lab.s3.send(new GetObjectCommand(input)))
      expect(get.status).toBe(status)
      expect(get.members.Condition).toBe(condition)
      expect((await failureOf(lab.s3.send(new HeadObjectCommand(input)))).status).toBe(status)
    },
  )

  it('tells with 304 which copy is still good', async () => {
    const answer = await lab.fetch(`/${Bucket}/k`, { headers: { 'if-none-match': eTag } })
    expect(answer.status).toBe(304)
    expect(answer.headers.get('etag')).toBe(eTag)
    expect(answer.headers.get('last-modified')).toBe(lastModified.toUTCString())
    expect(await answer.text()).toBe('')
  })
})

describe('conditions on a write', () => {
  const cases: readonly {
    name: string
    existing?: string
    input: Partial<PutObjectCommandInput>
    failure?: object
  }[] = [
    { name: 'If-None-Match: * creates', input: { IfNoneMatch: '*' } },
    {
      name: 'If-None-Match: * does not replace',
      existing: 'data',
      input: { IfNoneMatch: '*' },
      failure: { code: 'PreconditionFailed', status: 412, members: { Condition: 'If-None-Match' } },
    },
    { name: 'If-Match replaces what it knows', existing: 'data', input: { IfMatch: eTag } },
    {
      name: 'If-Match does not replace anything else',
      existing: 'otra',
      input: { IfMatch: eTag },
      failure: { code: 'PreconditionFailed', status: 412, members: { Condition: 'If-Match' } },
    },
    {
      name: 'If-Match does not create',
      input: { IfMatch: eTag },
      failure: { code: 'NoSuchKey', status: 404 },
    },
    {
      name: 'If-None-Match takes no ETag',
      input: { IfNoneMatch: eTag },
      failure: {
        code: 'NotImplemented',
        status: 501,
        members: {
          Header: 'If-None-Match',
          additionalMessage: "We don't accept the provided value of If-None-Match header for this API",
        },
      },
    },
    {
      name: 'If-Match takes no star',
      existing: 'data',
      input: { IfMatch: '*' },
      failure: { code: 'NotImplemented', status: 501, members: { Header: 'If-Match' } },
    },
    {
      name: 'both at once are refused',
      input: { IfMatch: eTag, IfNoneMatch: '*' },
      failure: { code: 'NotImplemented', status: 501, members: { Header: 'If-Match,If-None-Match' } },
    },
  ]

  it.each(cases)('$name', async ({ existing, input, failure }) => {
    const Bucket = await lab.newBucket()
    if (existing !== undefined) await lab.put(Bucket, 'k', existing)
    const call = lab.s3.send(new PutObjectCommand({ Bucket, Key: 'k', Body: 'nuevo', ...input }))
    if (failure === undefined) {
      await call
      expect(await textOf(await lab.s3.send(new GetObjectCommand({ Bucket, Key: 'k' })))).toBe('nuevo')
      return
    }
    expect(await failureOf(call)).toMatchObject(failure)
    if (existing !== undefined)
      expect(await textOf(await lab.s3.send(new GetObjectCommand({ Bucket, Key: 'k' })))).toBe(existing)
  })

  it('let one of many writers through', async () => {
    const Bucket = await lab.newBucket()
    const writers = Array.from({ length: 20 }, (_, index) =>
      lab.s3.send(new PutObjectCommand({ Bucket, Key: 'k', Body: `escritor ${index}`, IfNoneMatch: '*' })),
    )
    const outcomes = await Promise.allSettled(writers)
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    const winner = outcomes.findIndex(({ status }) => status === 'fulfilled')
    expect(await textOf(await lab.s3.send(new GetObjectCommand({ Bucket, Key: 'k' })))).toBe(
      `escritor ${winner}`,
    )
  })

  it('see a deleted key as absent', async () => {
    const Bucket = await lab.newBucket({ versioning: 'Enabled' })
    await lab.put(Bucket, 'k', 'data')
    await lab.fetch(`/${Bucket}/k`, { method: 'DELETE' })
    await lab.s3.send(new PutObjectCommand({ Bucket, Key: 'k', Body: 'nuevo', IfNoneMatch: '*' }))
    expect(await textOf(await lab.s3.send(new GetObjectCommand({ Bucket, Key: 'k' })))).toBe('nuevo')
  })
})
