import {
  type BucketVersioningStatus,
  CopyObjectCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetBucketVersioningCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  ListObjectVersionsCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
} from '@aws-sdk/client-s3'
import { describe, expect, it } from 'vitest'
import { failureOf, textOf, useS3 } from '../lab.ts'

const lab = useS3()

async function setVersioning(Bucket: string, Status: BucketVersioningStatus): Promise<void> {
  await lab.s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status } }))
}

async function historyOf(Bucket: string): Promise<string[]> {
  const page = await lab.s3.send(new ListObjectVersionsCommand({ Bucket }))
  const versions = (page.Versions ?? []).map(
    ({ Key, VersionId, IsLatest }) => `${Key} ${VersionId} ${IsLatest}`,
  )
  const markers = (page.DeleteMarkers ?? []).map(
    ({ Key, VersionId, IsLatest }) => `${Key} ${VersionId} ${IsLatest} ✝`,
  )
  return [...versions, ...markers]
}

describe('versioning', () => {
  it('is unset, enabled, suspended', async () => {
    const Bucket = await lab.newBucket()
    const status = async () => (await lab.s3.send(new GetBucketVersioningCommand({ Bucket }))).Status
    expect(await status()).toBeUndefined()
    await setVersioning(Bucket, 'Enabled')
    expect(await status()).toBe('Enabled')
    await setVersioning(Bucket, 'Suspended')
    expect(await status()).toBe('Suspended')
  })

  it.each([
    { configuration: '', code: 'IllegalVersioningConfigurationException', status: 400 },
    { configuration: '<Status>On</Status>', code: 'MalformedXML', status: 400 },
    {
      configuration: '<Status>Enabled</Status><MfaDelete>Enabled</MfaDelete>',
      code: 'NotImplemented',
      status: 501,
    },
  ])('refuses $configuration', async ({ configuration, code, status }) => {
    const Bucket = await lab.newBucket()
    const body = `<VersioningConfiguration xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${configuration}</VersioningConfiguration>`
    const answer = await lab.fetch(`/${Bucket}?versioning`, { method: 'PUT', body })
    expect(answer.status).toBe(status)
    expect(await answer.text()).toContain(`<Code>${code}</Code>`)
  })
})

describe('a versioned bucket', () => {
  it('keeps every version, and what was there before as null', async () => {
    const Bucket = await lab.newBucket()
    await lab.put(Bucket, 'k', 'cero')
    await setVersioning(Bucket, 'Enabled')
    const one = await lab.s3.send(new PutObjectCommand({ Bucket, Key: 'k', Body: 'uno' }))
    const two = await lab.s3.send(new PutObjectCommand({ Bucket, Key: 'k', Body: 'dos' }))
    const read = async (VersionId?: string) =>
      textOf(await lab.s3.send(new GetObjectCommand({ Bucket, Key: 'k', ...(VersionId && { VersionId }) })))
    expect(await read()).toBe('dos')
    expect(await read(one.VersionId)).toBe('uno')
    expect(await read('null')).toBe('cero')
    expect(await historyOf(Bucket)).toEqual([
      `k ${two.VersionId} true`,
      `k ${one.VersionId} false`,
      'k null false',
    ])
  })

  it('hides a deleted key behind a marker, and shows it again without it', async () => {
    const Bucket = await lab.newBucket({ versioning: 'Enabled' })
    await lab.put(Bucket, 'k', 'x')
    const deleted = await lab.s3.send(new DeleteObjectCommand({ Bucket, Key: 'k' }))
    expect(deleted).toMatchObject({ DeleteMarker: true, VersionId: expect.stringMatching(/^[0-9a-f]{32}$/) })
    expect((await lab.s3.send(new ListObjectsV2Command({ Bucket }))).KeyCount).toBe(0)
    const hidden = await lab.fetch(`/${Bucket}/k`)
    expect(hidden.status).toBe(404)
    expect(hidden.headers.get('x-amz-delete-marker')).toBe('true')
    expect(hidden.headers.get('x-amz-version-id')).toBe(deleted.VersionId)
    const removed = await lab.s3.send(
      new DeleteObjectCommand({ Bucket, Key: 'k', VersionId: deleted.VersionId }),
    )
    expect(removed).toMatchObject({ DeleteMarker: true, VersionId: deleted.VersionId })
    expect(await textOf(await lab.s3.send(new GetObjectCommand({ Bucket, Key: 'k' })))).toBe('x')
  })

  it('does not read a marker', async () => {
    const Bucket = await lab.newBucket({ versioning: 'Enabled' })
    await lab.put(Bucket, 'k', 'x')
    const { VersionId } = await lab.s3.send(new DeleteObjectCommand({ Bucket, Key: 'k' }))
    const get = await lab.fetch(`/${Bucket}/k?versionId=${VersionId}`)
    expect(get.status).toBe(405)
    expect(get.headers.get('allow')).toBe('DELETE')
    expect(await get.text()).toContain('<Code>MethodNotAllowed</Code>')
    expect(
      (await failureOf(lab.s3.send(new HeadObjectCommand({ Bucket, Key: 'k', VersionId })))).status,
    ).toBe(405)
  })

  it('lets go of a version for good', async () => {
    const Bucket = await lab.newBucket({ versioning: 'Enabled' })
    const one = await lab.s3.send(new PutObjectCommand({ Bucket, Key: 'k', Body: 'uno' }))
    const two = await lab.s3.send(new PutObjectCommand({ Bucket, Key: 'k', Body: 'dos' }))
    const removed = await lab.s3.send(new DeleteObjectCommand({ Bucket, Key: 'k', VersionId: two.VersionId }))
    expect(removed.VersionId).toBe(two.VersionId)
    expect(removed.DeleteMarker).toBeUndefined()
    expect(await historyOf(Bucket)).toEqual([`k ${one.VersionId} true`])
    const again = await lab.s3.send(new DeleteObjectCommand({ Bucket, Key: 'k', VersionId: two.VersionId }))
    expect(again.$metadata.httpStatusCode).toBe(204)
  })

  it('marks what was never there, as AWS does', async () => {
    const Bucket = await lab.newBucket({ versioning: 'Enabled' })
    const { VersionId } = await lab.s3.send(new DeleteObjectCommand({ Bucket, Key: 'nada' }))
    expect(await historyOf(Bucket)).toEqual([`nada ${VersionId} true ✝`])
  })

  it('tells which versions DeleteObjects removed and which markers it left', async () => {
    const Bucket = await lab.newBucket({ versioning: 'Enabled' })
    const one = await lab.s3.send(new PutObjectCommand({ Bucket, Key: 'a', Body: 'uno' }))
    await lab.put(Bucket, 'b')
    const { Deleted } = await lab.s3.send(
      new DeleteObjectsCommand({
        Bucket,
        Delete: { Objects: [{ Key: 'a', VersionId: one.VersionId }, { Key: 'b' }] },
      }),
    )
    expect(Deleted).toEqual([
      { Key: 'a', VersionId: one.VersionId },
      { Key: 'b', DeleteMarker: true, DeleteMarkerVersionId: expect.any(String) },
    ])
  })

  it.each([
    { VersionId: 'f'.repeat(32), code: 'NoSuchVersion', status: 404 },
    { VersionId: 'null', code: 'NoSuchVersion', status: 404 },
    { VersionId: 'inventada', code: 'InvalidArgument', status: 400 },
  ])('has no version $VersionId', async ({ VersionId, code, status }) => {
    const Bucket = await lab.newBucket({ versioning: 'Enabled' })
    await lab.put(Bucket, 'k')
    expect(await failureOf(lab.s3.send(new GetObjectCommand({ Bucket, Key: 'k', VersionId })))).toMatchObject(
      {
        code,
        status,
      },
    )
  })
})

describe('a suspended bucket', () => {
  it('writes the version null again and again, and keeps the others', async () => {
    const Bucket = await lab.newBucket({ versioning: 'Enabled' })
    const one = await lab.s3.send(new PutObjectCommand({ Bucket, Key: 'k', Body: 'uno' }))
    await setVersioning(Bucket, 'Suspended')
    const two = await lab.s3.send(new PutObjectCommand({ Bucket, Key: 'k', Body: 'dos' }))
    await lab.put(Bucket, 'k', 'tres')
    expect(two.VersionId).toBeUndefined()
    const copy = new CopyObjectCommand({ Bucket, Key: 'copia', CopySource: `${Bucket}/k` })
    expect((await lab.s3.send(copy)).VersionId).toBe('null')
    await lab.s3.send(new DeleteObjectCommand({ Bucket, Key: 'copia', VersionId: 'null' }))
    expect(await historyOf(Bucket)).toEqual(['k null true', `k ${one.VersionId} false`])
    const got = await lab.s3.send(new GetObjectCommand({ Bucket, Key: 'k' }))
    expect(await textOf(got)).toBe('tres')
    expect(got.VersionId).toBe('null')
  })

  it('deletes by a marker that takes the place of the version null', async () => {
    const Bucket = await lab.newBucket({ versioning: 'Enabled' })
    const one = await lab.s3.send(new PutObjectCommand({ Bucket, Key: 'k', Body: 'uno' }))
    await setVersioning(Bucket, 'Suspended')
    await lab.put(Bucket, 'k', 'dos')
    const deleted = await lab.s3.send(new DeleteObjectCommand({ Bucket, Key: 'k' }))
    expect(deleted).toMatchObject({ DeleteMarker: true, VersionId: 'null' })
    expect(await historyOf(Bucket)).toEqual([`k ${one.VersionId} false`, 'k null true ✝'])
  })
})

it('a version id that was never given is an error of DeleteObjects, key by key', async () => {
  const Bucket = await lab.newBucket({ versioning: 'Enabled' })
  await lab.put(Bucket, 'k')
  const VersionId = 'HPniJFCxqTsMuIH9KX8K8wEjNUgmABCD'
  const Objects = [
    { Key: 'k', VersionId },
    { Key: 'nada', VersionId },
  ]
  const { Deleted, Errors } = await lab.s3.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects } }))
  expect(Deleted).toBeUndefined()
  expect(Errors).toEqual(
    Objects.map(object => ({
      ...object,
      Code: 'NoSuchVersion',
      Message: 'The specified version does not exist.',
    })),
  )
})

describe('listing versions', () => {
  it('of a bucket without any has each element once', async () => {
    const Bucket = await lab.newBucket()
    const text = await (await lab.fetch(`/${Bucket}?versions`)).text()
    for (const tag of ['Name', 'MaxKeys', 'IsTruncated']) expect(text.split(`<${tag}>`)).toHaveLength(2)
  })

  it('goes on at its markers', async () => {
    const Bucket = await lab.newBucket({ versioning: 'Enabled' })
    for (const key of ['a', 'b', 'a', 'b/x', 'b/y']) await lab.put(Bucket, key)
    const list = (input: object) => lab.s3.send(new ListObjectVersionsCommand({ Bucket, ...input }))
    const all = (await list({})).Versions ?? []
    expect(all.map(({ Key }) => Key)).toEqual(['a', 'a', 'b', 'b/x', 'b/y'])
    const first = await list({ MaxKeys: 1 })
    expect(first).toMatchObject({
      IsTruncated: true,
      NextKeyMarker: 'a',
      NextVersionIdMarker: all[0]?.VersionId,
    })
    const second = await list({ MaxKeys: 1, KeyMarker: 'a', VersionIdMarker: all[0]?.VersionId })
    expect(second.Versions?.[0]?.VersionId).toBe(all[1]?.VersionId)
    const behind = await list({ KeyMarker: 'a' })
    expect(behind.Versions?.map(({ Key }) => Key)).toEqual(['b', 'b/x', 'b/y'])
    const grouped = await list({ Delimiter: '/', MaxKeys: 4 })
    expect(grouped).toMatchObject({ CommonPrefixes: [{ Prefix: 'b/' }], IsTruncated: false })
    const cut = await list({ Delimiter: '/', Prefix: 'b/', MaxKeys: 1 })
    expect(cut).toMatchObject({ IsTruncated: true, NextKeyMarker: 'b/x' })
  })

  it('wants a key with a version', async () => {
    const Bucket = await lab.newBucket({ versioning: 'Enabled' })
    const call = lab.s3.send(new ListObjectVersionsCommand({ Bucket, VersionIdMarker: 'f'.repeat(32) }))
    expect(await failureOf(call)).toMatchObject({
      code: 'InvalidArgument',
      message: 'A version-id marker cannot be specified without a key marker.',
    })
  })
})
