import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createBucket } from '../../../../src/services/s3/operations/create-bucket.ts'
import { deleteObject } from '../../../../src/services/s3/operations/delete-object.ts'
import { listObjects } from '../../../../src/services/s3/operations/list-objects.ts'
import { listObjectsV2 } from '../../../../src/services/s3/operations/list-objects-v2.ts'
import { putBucketVersioning } from '../../../../src/services/s3/operations/put-bucket-versioning.ts'
import { putObject } from '../../../../src/services/s3/operations/put-object.ts'
import { createS3State } from '../../../../src/services/s3/state.ts'
import { bodyOf, createTestContext } from '../context.ts'

/** What a listing shows: keys, and groups that end in `…`. */
type Entry = string

interface Case {
  readonly keys: readonly string[]
  readonly deleted: readonly string[]
  readonly prefix: string
  readonly delimiter: string
  readonly after: string
  readonly pageSize: number
}

const letters = fc.string({
  unit: fc.constantFrom('a', 'b', '/', '-', 'ñ', '\uffee', '\u{1f600}'),
  maxLength: 5,
})
const key = letters.filter(text => text !== '')
const cases: fc.Arbitrary<Case> = fc.record({
  keys: fc.uniqueArray(key, { maxLength: 25 }),
  deleted: fc.array(key, { maxLength: 4 }),
  prefix: fc.oneof(fc.constant(''), letters),
  delimiter: fc.constantFrom('', '/', '-', 'a', '/-', 'ñ'),
  after: fc.oneof(fc.constant(''), letters),
  pageSize: fc.integer({ min: 1, max: 6 }),
})

/** What S3 documents, in the plainest words. */
function modelOf({ keys, deleted, prefix, delimiter, after }: Case): Entry[] {
  const entries = new Map<string, Entry>()
  for (const name of keys) {
    if (deleted.includes(name) || !name.startsWith(prefix)) continue
    const at = delimiter === '' ? -1 : name.indexOf(delimiter, prefix.length)
    const shown = at < 0 ? name : name.slice(0, at + delimiter.length)
    if (compareBytes(shown, after) > 0 || after === '') entries.set(shown + (at < 0 ? '' : '…'), shown)
  }
  return [...entries].sort(([, left], [, right]) => compareBytes(left, right)).map(([entry]) => entry)
}

function compareBytes(left: string, right: string): number {
  return Buffer.compare(Buffer.from(left), Buffer.from(right))
}

async function fill({ keys, deleted }: Case) {
  const state = createS3State()
  const context = createTestContext()
  const Bucket = 'lista'
  await createBucket(state, { Bucket }, context)
  await putBucketVersioning(state, { Bucket, VersioningConfiguration: { Status: 'Enabled' } }, context)
  for (const Key of keys) await putObject(state, { Bucket, Key, Body: bodyOf('x') }, context)
  for (const Key of deleted) await deleteObject(state, { Bucket, Key }, context)
  return { state, context, Bucket }
}

function entriesOf(page: {
  Contents?: { Key?: string | undefined }[] | undefined
  CommonPrefixes?: { Prefix?: string | undefined }[] | undefined
}): Entry[] {
  const keys = (page.Contents ?? []).map(({ Key = '' }) => [Key, Key] as const)
  const groups = (page.CommonPrefixes ?? []).map(({ Prefix = '' }) => [`${Prefix}…`, Prefix] as const)
  return [...keys, ...groups].sort(([, left], [, right]) => compareBytes(left, right)).map(([entry]) => entry)
}

describe('listing random keys', () => {
  it('page by page with ListObjectsV2 gives what the documentation says', async () => {
    await fc.assert(
      fc.asyncProperty(cases, async example => {
        const { state, context, Bucket } = await fill(example)
        const input = {
          Bucket,
          Prefix: example.prefix,
          Delimiter: example.delimiter,
          MaxKeys: example.pageSize,
        }
        const found: Entry[] = []
        let token: string | undefined
        do {
          const page = await listObjectsV2(
            state,
            { ...input, StartAfter: example.after, ContinuationToken: token },
            context,
          )
          const entries = entriesOf(page)
          expect(page.KeyCount).toBe(entries.length)
          expect(page.IsTruncated).toBe(page.NextContinuationToken !== undefined)
          if (page.IsTruncated) expect(entries).toHaveLength(example.pageSize)
          found.push(...entries)
          token = page.NextContinuationToken
        } while (token !== undefined)
        expect(found).toEqual(modelOf(example))
      }),
    )
  })

  it('page by page with ListObjects gives the same', async () => {
    await fc.assert(
      fc.asyncProperty(cases, async example => {
        const { state, context, Bucket } = await fill(example)
        const input = {
          Bucket,
          Prefix: example.prefix,
          Delimiter: example.delimiter,
          MaxKeys: example.pageSize,
        }
        const found: Entry[] = []
        let Marker = example.after
        for (;;) {
          const page = await listObjects(state, { ...input, Marker }, context)
          found.push(...entriesOf(page))
          if (!page.IsTruncated) break
          Marker = page.NextMarker ?? page.Contents?.at(-1)?.Key ?? ''
        }
        expect(found).toEqual(modelOf(example))
      }),
    )
  })

  it('encoded as URLs decodes to the same keys', async () => {
    await fc.assert(
      fc.asyncProperty(cases, async example => {
        const { state, context, Bucket } = await fill(example)
        const { Contents } = await listObjectsV2(state, { Bucket, EncodingType: 'url' }, context)
        const decoded = (Contents ?? []).map(({ Key = '' }) => decodeURIComponent(Key.replaceAll('+', ' ')))
        expect(decoded).toEqual(modelOf({ ...example, prefix: '', delimiter: '', after: '' }))
      }),
    )
  })
})
