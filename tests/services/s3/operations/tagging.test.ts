import {
  CreateBucketCommand,
  DeleteBucketTaggingCommand,
  DeleteObjectCommand,
  DeleteObjectTaggingCommand,
  GetBucketTaggingCommand,
  GetObjectTaggingCommand,
  HeadObjectCommand,
  PutBucketTaggingCommand,
  PutObjectCommand,
  PutObjectTaggingCommand,
  type Tag,
} from '@aws-sdk/client-s3'
import { describe, expect, it } from 'vitest'
import { failureOf, useS3 } from '../lab.ts'

const lab = useS3()

function tag(Key: string, Value = 'v'): Tag {
  return { Key, Value }
}

function manyTags(count: number): Tag[] {
  return Array.from({ length: count }, (_, index) => tag(`k${index}`))
}

describe('the tags of an object', () => {
  it('are put, told, counted and removed', async () => {
    const Bucket = await lab.newBucket()
    await lab.put(Bucket, 'k')
    const TagSet = [tag('entorno', 'dev'), tag('vacía', '')]
    await lab.s3.send(new PutObjectTaggingCommand({ Bucket, Key: 'k', Tagging: { TagSet } }))
    expect((await lab.s3.send(new GetObjectTaggingCommand({ Bucket, Key: 'k' }))).TagSet).toEqual(TagSet)
    expect((await lab.s3.send(new HeadObjectCommand({ Bucket, Key: 'k' }))).TagCount).toBe(2)
    const removed = await lab.s3.send(new DeleteObjectTaggingCommand({ Bucket, Key: 'k' }))
    expect(removed.$metadata.httpStatusCode).toBe(204)
    expect((await lab.s3.send(new GetObjectTaggingCommand({ Bucket, Key: 'k' }))).TagSet).toEqual([])
  })

  it.each([
    { header: 'a=1&b=2', tags: [tag('a', '1'), tag('b', '2')] },
    { header: 'dos+palabras=con%20blanco', tags: [tag('dos palabras', 'con blanco')] },
    { header: 'a%C3%B1o=%C3%B1', tags: [tag('año', 'ñ')] },
    { header: 'a', tags: [tag('a', '')] },
    { header: 'a=b=c', tags: [tag('a', 'b=c')] },
  ])('come with the object as $header', async ({ header, tags }) => {
    const Bucket = await lab.newBucket()
    await lab.s3.send(new PutObjectCommand({ Bucket, Key: 'k', Tagging: header }))
    expect((await lab.s3.send(new GetObjectTaggingCommand({ Bucket, Key: 'k' }))).TagSet).toEqual(tags)
  })

  it.each(['a=1&a=2', 'a=1,b=2', 'a=%E1', 'a=b;c'])('do not come as %s', async Tagging => {
    const Bucket = await lab.newBucket()
    expect(await failureOf(lab.s3.send(new PutObjectCommand({ Bucket, Key: 'k', Tagging })))).toMatchObject({
      code: 'InvalidArgument',
      status: 400,
      message:
        "The header 'x-amz-tagging' shall be encoded as UTF-8 then URLEncoded URL query parameters without tag name duplicates.",
      members: { ArgumentName: 'x-amz-tagging', ArgumentValue: Tagging },
    })
  })

  it('of a key that is not there are asked for by bucket and key, as AWS tells it', async () => {
    const Bucket = await lab.newBucket()
    const failure = await failureOf(lab.s3.send(new GetObjectTaggingCommand({ Bucket, Key: 'k' })))
    expect(failure).toMatchObject({ code: 'NoSuchKey', members: { Key: `${Bucket}/k` } })
  })

  it('in the header may be empty between others', async () => {
    const Bucket = await lab.newBucket()
    await lab.s3.send(new PutObjectCommand({ Bucket, Key: 'k', Tagging: 'a&&&b=1' }))
    const { TagSet } = await lab.s3.send(new GetObjectTaggingCommand({ Bucket, Key: 'k' }))
    expect(TagSet).toEqual([tag('a', ''), tag('b', '1')])
  })

  it('belong to a version', async () => {
    const Bucket = await lab.newBucket({ versioning: 'Enabled' })
    const one = await lab.s3.send(new PutObjectCommand({ Bucket, Key: 'k', Tagging: 'n=1' }))
    const two = await lab.s3.send(new PutObjectCommand({ Bucket, Key: 'k', Tagging: 'n=2' }))
    const read = async (VersionId?: string) =>
      lab.s3.send(new GetObjectTaggingCommand({ Bucket, Key: 'k', ...(VersionId && { VersionId }) }))
    expect(await read()).toMatchObject({ TagSet: [tag('n', '2')], VersionId: two.VersionId })
    expect(await read(one.VersionId)).toMatchObject({ TagSet: [tag('n', '1')], VersionId: one.VersionId })
    const Tagging = { TagSet: [tag('n', 'uno')] }
    await lab.s3.send(new PutObjectTaggingCommand({ Bucket, Key: 'k', VersionId: one.VersionId, Tagging }))
    expect((await read(one.VersionId)).TagSet).toEqual([tag('n', 'uno')])
    expect((await read()).TagSet).toEqual([tag('n', '2')])
    const { VersionId } = await lab.s3.send(new DeleteObjectCommand({ Bucket, Key: 'k' }))
    const refused = [
      { call: () => read(), code: 'MethodNotAllowed' },
      { call: () => read(VersionId), code: 'MethodNotAllowed' },
      {
        call: () => lab.s3.send(new PutObjectTaggingCommand({ Bucket, Key: 'k', Tagging })),
        code: 'MethodNotAllowed',
      },
      {
        call: () => lab.s3.send(new DeleteObjectTaggingCommand({ Bucket, Key: 'k', VersionId })),
        code: 'MethodNotAllowed',
      },
    ]
    for (const { call, code } of refused) expect((await failureOf(call())).code).toBe(code)
  })

  const refusals: readonly { name: string; TagSet: Tag[]; failure: object }[] = [
    {
      name: 'a key twice',
      TagSet: [tag('a'), tag('a')],
      failure: {
        code: 'InvalidTag',
        message: 'Cannot provide multiple Tags with the same key',
        members: { TagKey: 'a' },
      },
    },
    {
      name: 'a system key',
      TagSet: [tag('aws:x')],
      failure: { code: 'InvalidTag', message: 'Your TagKey cannot be prefixed with aws:' },
    },
    {
      name: 'a key with a comma',
      TagSet: [tag('a,b')],
      failure: {
        code: 'InvalidTag',
        message: 'The TagKey you have provided is invalid',
        members: { TagKey: 'a,b' },
      },
    },
    {
      name: 'a value with a comma',
      TagSet: [tag('a', 'b,c')],
      failure: { code: 'InvalidTag', message: 'The TagValue you have provided is invalid' },
    },
    { name: 'a long key', TagSet: [tag('a'.repeat(129))], failure: { code: 'InvalidTag' } },
    { name: 'a long value', TagSet: [tag('a', 'b'.repeat(257))], failure: { code: 'InvalidTag' } },
    {
      name: 'eleven tags',
      TagSet: manyTags(11),
      failure: { code: 'BadRequest', message: 'Object tags cannot be greater than 10' },
    },
  ]
  it.each(refusals)('refuse $name', async ({ TagSet, failure }) => {
    const Bucket = await lab.newBucket()
    await lab.put(Bucket, 'k')
    const call = lab.s3.send(new PutObjectTaggingCommand({ Bucket, Key: 'k', Tagging: { TagSet } }))
    expect(await failureOf(call)).toMatchObject({ status: 400, ...failure })
  })

  it('are ten at most', async () => {
    const Bucket = await lab.newBucket()
    await lab.put(Bucket, 'k')
    await lab.s3.send(new PutObjectTaggingCommand({ Bucket, Key: 'k', Tagging: { TagSet: manyTags(10) } }))
    expect((await lab.s3.send(new HeadObjectCommand({ Bucket, Key: 'k' }))).TagCount).toBe(10)
  })
})

describe('the tags of a bucket', () => {
  it('are put, told and removed', async () => {
    const Bucket = await lab.newBucket()
    const read = () => lab.s3.send(new GetBucketTaggingCommand({ Bucket }))
    const none = {
      code: 'NoSuchTagSet',
      status: 404,
      message: 'The TagSet does not exist',
      members: { BucketName: Bucket },
    }
    expect(await failureOf(read())).toMatchObject(none)
    const put = await lab.s3.send(new PutBucketTaggingCommand({ Bucket, Tagging: { TagSet: manyTags(50) } }))
    expect(put.$metadata.httpStatusCode).toBe(204)
    expect((await read()).TagSet).toEqual(manyTags(50))
    await lab.s3.send(new DeleteBucketTaggingCommand({ Bucket }))
    expect(await failureOf(read())).toMatchObject(none)
    await lab.s3.send(new PutBucketTaggingCommand({ Bucket, Tagging: { TagSet: [] } }))
    expect(await failureOf(read())).toMatchObject(none)
  })

  it('may come with the bucket', async () => {
    const Tags = [tag('Proyecto', 'taller')]
    await lab.s3.send(
      new CreateBucketCommand({ Bucket: 'con-etiquetas', CreateBucketConfiguration: { Tags } }),
    )
    expect((await lab.s3.send(new GetBucketTaggingCommand({ Bucket: 'con-etiquetas' }))).TagSet).toEqual(Tags)
  })

  it.each([
    {
      TagSet: [tag('aws:x')],
      code: 'InvalidTag',
      message: 'System tags cannot be added/updated by requester',
    },
    { TagSet: manyTags(51), code: 'BadRequest', message: 'Bucket tag count cannot be greater than 50' },
  ])('refuse: $message', async ({ TagSet, code, message }) => {
    const Bucket = await lab.newBucket()
    const call = lab.s3.send(new PutBucketTaggingCommand({ Bucket, Tagging: { TagSet } }))
    expect(await failureOf(call)).toMatchObject({ code, message, status: 400 })
  })
})
