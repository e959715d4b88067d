import { AbortMultipartUploadCommand, ListMultipartUploadsCommand } from '@aws-sdk/client-s3'
import { describe, expect, it } from 'vitest'
import { failureOf, useS3 } from '../lab.ts'
import { multipartSteps } from '../multipart-lab.ts'

const lab = useS3()
const { begin } = multipartSteps(lab)

describe('listing uploads', () => {
  it('goes by key, then by age', async () => {
    const Bucket = await lab.newBucket()
    const ids: string[] = []
    for (const key of ['b', 'a', 'a', 'c/1', 'c/2']) ids.push(await begin(Bucket, {}, key))
    const [b, a1, a2, c1, c2] = ids
    const list = async (input: object) => {
      const page = await lab.s3.send(new ListMultipartUploadsCommand({ Bucket, ...input }))
      return { ...page, ids: (page.Uploads ?? []).map(({ UploadId }) => UploadId) }
    }
    expect((await list({})).ids).toEqual([a1, a2, b, c1, c2])
    expect(await list({ MaxUploads: 1 })).toMatchObject({
      ids: [a1],
      IsTruncated: true,
      NextKeyMarker: 'a',
      NextUploadIdMarker: a1,
    })
    expect((await list({ KeyMarker: 'a', UploadIdMarker: a1 })).ids).toEqual([a2, b, c1, c2])
    expect((await list({ KeyMarker: 'a' })).ids).toEqual([b, c1, c2])
    expect((await list({ UploadIdMarker: a2, MaxUploads: 1 })).ids).toEqual([a1])
    expect(await list({ Prefix: 'c', Delimiter: '/' })).toMatchObject({
      ids: [],
      CommonPrefixes: [{ Prefix: 'c/' }],
    })
    await lab.s3.send(new AbortMultipartUploadCommand({ Bucket, Key: 'a', UploadId: a1 }))
    expect((await list({ KeyMarker: 'a', UploadIdMarker: a1 })).ids).toEqual([a2, b, c1, c2])
    const wrong = lab.s3.send(new ListMultipartUploadsCommand({ Bucket, KeyMarker: 'a', UploadIdMarker: b }))
    expect(await failureOf(wrong)).toMatchObject({
      code: 'InvalidArgument',
      message: 'Invalid uploadId marker',
    })
  })

  it('comes to an end, however small its pages', async () => {
    const Bucket = await lab.newBucket()
    for (const key of ['a', 'b/1', 'b/2', 'c']) await begin(Bucket, {}, key)
    const shown: (string | undefined)[] = []
    let markers: { KeyMarker?: string | undefined; UploadIdMarker?: string | undefined } = {}
    for (;;) {
      const page = await lab.s3.send(
        new ListMultipartUploadsCommand({ Bucket, Delimiter: '/', MaxUploads: 1, ...markers }),
      )
      shown.push(
        ...(page.Uploads ?? []).map(({ Key }) => Key),
        ...(page.CommonPrefixes ?? []).map(({ Prefix }) => Prefix),
      )
      if (!page.IsTruncated) break
      markers = { KeyMarker: page.NextKeyMarker, UploadIdMarker: page.NextUploadIdMarker }
    }
    expect(shown).toEqual(['a', 'b/', 'c'])
  })
})
