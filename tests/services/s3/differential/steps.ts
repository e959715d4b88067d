import fc from 'fast-check'
import type { Step } from './both-clouds.ts'

const keys = ['a', 'b/1', 'b/2', 'b/c/3', 'ñ', 'x y', 'z+%'] as const
const key = fc.constantFrom(...keys)
/** Puts every key once: moto, unlike AWS, does not mark the deletion of what was never there. */
export const everyKey: readonly Step[] = keys.map(Key => ({
  operation: 'PutObject',
  input: { Key, Body: 'principio' },
}))
const text = fc.constantFrom('', 'hola', 'hola otra vez', 'ñandú')
const tagSet = fc.constantFrom(
  [{ Key: 'a', Value: '1' }],
  [
    { Key: 'a', Value: '1' },
    { Key: 'b', Value: '' },
  ],
  [{ Key: 'ñ', Value: 'x y' }],
)
const version = fc.nat(9).map(at => `version ${at}`)
const upload = fc.nat(2).map(at => `upload ${at}`)
/** ETags of the texts above and of nothing. */
const eTag = fc.constantFrom(
  '"d41d8cd98f00b204e9800998ecf8427e"',
  '"4d186321c1a7f0f354b297e8914ab240"',
  '"nada"',
)
const partETag = fc.constantFrom(
  '"4d186321c1a7f0f354b297e8914ab240"',
  '"4d186321c1a7f0f354b297e8914ab240"',
  '"nada"',
)
const range = fc.constantFrom(
  'bytes=0-1',
  'bytes=1-',
  'bytes=-2',
  'bytes=2-100',
  'bytes=100-',
  'bytes=3-1',
  'a-b',
)
const past = new Date('2001-01-01T00:00:00Z')
const future = new Date('2031-01-01T00:00:00Z')
const moment = fc.constantFrom(past, future)

type Members = Readonly<Record<string, fc.Arbitrary<unknown>>>

/** Calls of an operation; a member of `sometimes` is there once in three times. */
function call(operation: string, always: Members, sometimes: Members = {}): fc.Arbitrary<Step> {
  const optional = Object.entries(sometimes).map(([name, value]) => [
    name,
    fc.option(value, { nil: undefined, freq: 2 }),
  ])
  return fc
    .record({ ...always, ...Object.fromEntries(optional) } as Members)
    .map(input => ({ operation, input }))
}

const put = call(
  'PutObject',
  { Key: key, Body: text },
  {
    ContentType: fc.constantFrom('text/csv', 'application/json'),
    Metadata: fc.constantFrom({ a: '1' }, { autor: 'ana', 'dos-palabras': 'x y' }),
    CacheControl: fc.constant('no-cache'),
    IfNoneMatch: fc.constant('*'),
    Tagging: fc.constantFrom('a=1', 'a=1&b=%C3%B1'),
  },
)

const conditions = { IfMatch: eTag, IfNoneMatch: eTag }

export const objectSteps: readonly fc.Arbitrary<Step>[] = [
  put,
  put,
  put,
  call('GetObject', { Key: key }, { Range: range }),
  call('GetObject', { Key: key }, conditions),
  call('HeadObject', { Key: key }, { IfMatch: eTag, IfModifiedSince: moment }),
  call('HeadObject', { Key: key }, { IfNoneMatch: eTag, IfUnmodifiedSince: moment }),
  call(
    'GetObject',
    { Key: key },
    { ResponseContentType: fc.constant('a/b'), ResponseCacheControl: fc.constant('x') },
  ),
  call('DeleteObject', { Key: key }),
  call('DeleteObjects', {
    Delete: fc.record({
      Objects: fc.array(fc.record({ Key: key }), { minLength: 1, maxLength: 3 }),
      Quiet: fc.boolean(),
    }),
  }),
  call(
    'CopyObject',
    { Key: key, CopySource: key.map(name => `BUCKET/${encodeURIComponent(name)}`) },
    {
      MetadataDirective: fc.constantFrom('COPY', 'REPLACE'),
      Metadata: fc.constant({ nuevo: 'si' }),
      ContentType: fc.constant('text/html'),
      TaggingDirective: fc.constantFrom('COPY', 'REPLACE'),
      Tagging: fc.constant('c=3'),
    },
  ),
  call('PutObjectTagging', { Key: key, Tagging: tagSet.map(TagSet => ({ TagSet })) }),
  call('GetObjectTagging', { Key: key }),
  call('DeleteObjectTagging', { Key: key }),
  call('GetObjectAttributes', {
    Key: key,
    ObjectAttributes: fc.constantFrom(['ETag', 'ObjectSize'], ['ETag', 'StorageClass']),
  }),
]

const listing = {
  Prefix: fc.constantFrom('b', 'b/', 'zzz', 'ñ'),
  Delimiter: fc.constantFrom('/', '1'),
  MaxKeys: fc.integer({ min: 0, max: 4 }),
}

export const listingSteps: readonly fc.Arbitrary<Step>[] = [
  call('ListObjects', {}, { ...listing, Marker: key }),
  call('ListObjectsV2', {}, { ...listing, StartAfter: key }),
]

export const versionSteps: readonly fc.Arbitrary<Step>[] = [
  call('GetBucketVersioning', {}),
  call('ListObjectVersions', {}, { Prefix: fc.constantFrom('b', 'b/') }),
  call('ListObjectVersions', {}),
  call('GetObject', { Key: key, VersionId: version }),
  call('HeadObject', { Key: key, VersionId: version }),
  // Never the first of a key: moto does not mark the deletion of what has no versions any more.
  call('DeleteObject', {
    Key: key,
    VersionId: version.map(name => name.replace(/\d/, at => String(Number(at) + keys.length))),
  }),
  call('GetObjectTagging', { Key: key, VersionId: version }),
  call('CopyObject', {
    Key: key,
    CopySource: fc
      .tuple(key, version)
      .map(([name, id]) => `BUCKET/${encodeURIComponent(name)}?versionId=${id}`),
  }),
]

export const multipartSteps: readonly fc.Arbitrary<Step>[] = [
  call(
    'CreateMultipartUpload',
    { Key: fc.constant('grande') },
    {
      ContentType: fc.constant('text/csv'),
      Metadata: fc.constant({ a: '1' }),
    },
  ),
  call('UploadPart', {
    Key: fc.constant('grande'),
    UploadId: upload,
    PartNumber: fc.integer({ min: 1, max: 3 }),
    Body: text,
  }),
  call('UploadPartCopy', {
    Key: fc.constant('grande'),
    UploadId: upload,
    PartNumber: fc.integer({ min: 1, max: 3 }),
    CopySource: key.map(name => `BUCKET/${encodeURIComponent(name)}`),
  }),
  call(
    'ListParts',
    { Key: fc.constant('grande'), UploadId: upload },
    { MaxParts: fc.integer({ min: 1, max: 2 }) },
  ),
  call('ListMultipartUploads', {}),
  call('AbortMultipartUpload', { Key: fc.constant('grande'), UploadId: upload }),
  call('CompleteMultipartUpload', {
    Key: fc.constant('grande'),
    UploadId: upload,
    MultipartUpload: fc
      .uniqueArray(fc.integer({ min: 1, max: 3 }), { minLength: 1, maxLength: 2 })
      .chain(numbers =>
        fc.tuple(
          ...numbers.map(PartNumber => fc.record({ PartNumber: fc.constant(PartNumber), ETag: partETag })),
        ),
      )
      .map(Parts => ({ Parts })),
  }),
  call('GetObject', { Key: fc.constant('grande') }, { Range: range }),
  call('HeadObject', { Key: fc.constant('grande') }),
]
