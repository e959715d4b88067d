import {
  ListMultipartUploadsCommand,
  ListObjectsCommand,
  ListObjectsV2Command,
  ListObjectVersionsCommand,
  paginateListObjectsV2,
} from '@aws-sdk/client-s3'
import { beforeAll, describe, expect, it } from 'vitest'
import { failureOf, useS3 } from '../lab.ts'

const lab = useS3()

const keys = [
  'file',
  'folder/aSubfolder/1',
  'folder/aSubfolder/2',
  'folder/file1',
  'folder/file2',
  'ñ/x',
  'z',
]

describe('listing objects', () => {
  let Bucket: string
  beforeAll(async () => {
    Bucket = await lab.newBucket()
    for (const key of keys) await lab.put(Bucket, key)
  })

  /** `shown` are keys, and groups that end in `…`. */
  const cases: readonly {
    name: string
    input: object
    shown: string[]
    isTruncated?: boolean
    maxKeys?: number
  }[] = [
    { name: 'everything', input: {}, shown: keys },
    { name: 'a prefix', input: { Prefix: 'folder/f' }, shown: ['folder/file1', 'folder/file2'] },
    { name: 'a prefix that nothing has', input: { Prefix: 'folder/g' }, shown: [] },
    { name: 'groups', input: { Delimiter: '/' }, shown: ['file', 'folder/…', 'z', 'ñ/…'] },
    {
      name: 'groups below a prefix',
      input: { Delimiter: '/', Prefix: 'folder/' },
      shown: ['folder/aSubfolder/…', 'folder/file1', 'folder/file2'],
    },
    {
      name: 'groups by a longer delimiter',
      input: { Delimiter: 'older/' },
      shown: ['file', 'folder/…', 'ñ/x', 'z'],
    },
    {
      name: 'a page',
      input: { MaxKeys: 2 },
      shown: ['file', 'folder/aSubfolder/1'],
      isTruncated: true,
      maxKeys: 2,
    },
    { name: 'a page that is exactly full', input: { MaxKeys: 7 }, shown: keys, maxKeys: 7 },
    {
      name: 'a group counts once',
      input: { MaxKeys: 2, Delimiter: '/' },
      shown: ['file', 'folder/…'],
      isTruncated: true,
      maxKeys: 2,
    },
    { name: 'nothing', input: { MaxKeys: 0 }, shown: [], maxKeys: 0 },
    { name: 'more than S3 gives', input: { MaxKeys: 5000 }, shown: keys },
  ]

  it.each(cases)('shows $name', async ({ input, shown, isTruncated = false, maxKeys = 1000 }) => {
    const v2 = await lab.s3.send(new ListObjectsV2Command({ Bucket, ...input }))
    const v1 = await lab.s3.send(new ListObjectsCommand({ Bucket, ...input }))
    for (const page of [v1, v2]) {
      const contents = (page.Contents ?? []).map(({ Key = '' }) => Key)
      const groups = (page.CommonPrefixes ?? []).map(({ Prefix }) => `${Prefix}…`)
      expect([...contents, ...groups].sort()).toEqual([...shown].sort())
      expect(page).toMatchObject({ IsTruncated: isTruncated, MaxKeys: maxKeys, Name: Bucket })
    }
    expect(v2.KeyCount).toBe(shown.length)
    expect(v2.NextContinuationToken === undefined).toBe(!isTruncated)
  })

  it('begins behind a key, and a token outweighs it', async () => {
    const first = await lab.s3.send(
      new ListObjectsV2Command({ Bucket, StartAfter: 'folder/aSubfolder/1', MaxKeys: 1 }),
    )
    expect(first.Contents?.map(({ Key }) => Key)).toEqual(['folder/aSubfolder/2'])
    expect(first.StartAfter).toBe('folder/aSubfolder/1')
    const ContinuationToken = first.NextContinuationToken
    const second = await lab.s3.send(
      new ListObjectsV2Command({ Bucket, StartAfter: 'zzz', ContinuationToken, MaxKeys: 1 }),
    )
    expect(second.Contents?.map(({ Key }) => Key)).toEqual(['folder/file1'])
    expect(second.StartAfter).toBeUndefined()
    expect(second.ContinuationToken).toBe(ContinuationToken)
  })

  it('leaves out groups that are not behind the marker', async () => {
    const input = { Bucket, Delimiter: '/', Prefix: 'folder/' }
    const v1 = await lab.s3.send(
      new ListObjectsCommand({ ...input, Marker: 'folder/aSubfolder/1', MaxKeys: 1 }),
    )
    expect(v1.CommonPrefixes).toBeUndefined()
    expect(v1).toMatchObject({ NextMarker: 'folder/file1', IsTruncated: true })
    const v2 = await lab.s3.send(new ListObjectsV2Command({ ...input, StartAfter: 'folder/aSubfolder/1' }))
    expect(v2.CommonPrefixes).toBeUndefined()
  })

  it('tells owners where they are asked for', async () => {
    const v1 = await lab.s3.send(new ListObjectsCommand({ Bucket, MaxKeys: 1 }))
    const without = await lab.s3.send(new ListObjectsV2Command({ Bucket, MaxKeys: 1 }))
    const withOwner = await lab.s3.send(new ListObjectsV2Command({ Bucket, MaxKeys: 1, FetchOwner: true }))
    expect(v1.Contents?.[0]?.Owner?.ID).toMatch(/^[0-9a-f]{64}$/)
    expect(without.Contents?.[0]?.Owner).toBeUndefined()
    expect(withOwner.Contents?.[0]?.Owner).toEqual(v1.Contents?.[0]?.Owner)
  })

  it('gives NextMarker only with a delimiter', async () => {
    const plain = await lab.s3.send(new ListObjectsCommand({ Bucket, MaxKeys: 1 }))
    expect(plain).toMatchObject({ IsTruncated: true })
    expect(plain.NextMarker).toBeUndefined()
    const grouped = await lab.s3.send(new ListObjectsCommand({ Bucket, MaxKeys: 2, Delimiter: '/' }))
    expect(grouped.NextMarker).toBe('folder/')
  })

  it('writes keys as URLs when asked to', async () => {
    const encoded = await lab.newBucket()
    const odd = ['a b/', 'a+b', 'a=b&c', 'a%20b', 'file(3).png', 'ñ', 'x*y~z_-.']
    for (const key of odd) await lab.put(encoded, key)
    const page = await lab.s3.send(
      new ListObjectsV2Command({ Bucket: encoded, EncodingType: 'url', StartAfter: 'a b', Delimiter: '/' }),
    )
    expect(page.EncodingType).toBe('url')
    expect(page.StartAfter).toBe('a+b')
    expect(page.CommonPrefixes).toEqual([{ Prefix: 'a+b/' }])
    expect(page.Contents?.map(({ Key }) => Key)).toEqual([
      'a%2520b',
      'a%2Bb',
      'a%3Db%26c',
      'file%283%29.png',
      'x*y%7Ez_-.',
      '%C3%B1',
    ])
  })

  it('pages through thousands of keys', async () => {
    const many = await lab.newBucket()
    const expected = Array.from({ length: 1205 }, (_, index) => `datos/${String(index).padStart(5, '0')}.csv`)
    for (let at = 0; at < expected.length; at += 100) {
      await Promise.all(expected.slice(at, at + 100).map(key => lab.put(many, key)))
    }
    const found: (string | undefined)[] = []
    let pages = 0
    for await (const page of paginateListObjectsV2({ client: lab.s3 }, { Bucket: many, Prefix: 'datos/' })) {
      pages++
      found.push(...(page.Contents ?? []).map(({ Key }) => Key))
    }
    expect(pages).toBe(2)
    expect(found).toEqual(expected)
  })
})

describe('a listing refuses', () => {
  const listings = [
    { name: 'ListObjects', query: '' },
    { name: 'ListObjectsV2', query: '&list-type=2' },
    { name: 'ListObjectVersions', query: '&versions' },
  ]
  const refusals: readonly { query: string; message: string }[] = [
    { query: 'encoding-type=value', message: 'Invalid Encoding Method specified in Request' },
    { query: 'encoding-type=', message: 'Invalid Encoding Method specified in Request' },
    { query: 'max-keys=-1', message: 'Argument max-keys must be an integer between 0 and 2147483647' },
    {
      query: 'max-keys=2147483648',
      message: 'Argument max-keys must be an integer between 0 and 2147483647',
    },
    { query: 'max-keys=many', message: 'Provided max-keys not an integer or within integer range' },
  ]
  const cases = listings.flatMap(listing =>
    refusals.map(refusal => ({
      ...refusal,
      name: listing.name,
      target: `?${refusal.query}${listing.query}`,
    })),
  )

  it.each(cases)('$target ($name)', async ({ target, message }) => {
    const Bucket = await lab.newBucket()
    const answer = await lab.fetch(`/${Bucket}${target}`)
    expect(answer.status).toBe(400)
    const document = await answer.text()
    expect(document).toContain('<Code>InvalidArgument</Code>')
    expect(document).toContain(message)
  })

  it('a token that it never gave', async () => {
    const Bucket = await lab.newBucket()
    const call = lab.s3.send(new ListObjectsV2Command({ Bucket, ContinuationToken: '#' }))
    expect(await failureOf(call)).toMatchObject({
      code: 'InvalidArgument',
      message: 'The continuation token provided is incorrect',
    })
  })

  it('a bucket that is not there', async () => {
    const Bucket = 'no-such-bucket'
    for (const call of [
      () => lab.s3.send(new ListObjectsCommand({ Bucket })),
      () => lab.s3.send(new ListObjectsV2Command({ Bucket })),
      () => lab.s3.send(new ListObjectVersionsCommand({ Bucket })),
      () => lab.s3.send(new ListMultipartUploadsCommand({ Bucket })),
    ]) {
      expect((await failureOf(call())).code).toBe('NoSuchBucket')
    }
  })
})
