import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createBucket } from '../../../../src/services/s3/operations/create-bucket.ts'
import { deleteObject } from '../../../../src/services/s3/operations/delete-object.ts'
import { getObject } from '../../../../src/services/s3/operations/get-object.ts'
import { listObjectVersions } from '../../../../src/services/s3/operations/list-object-versions.ts'
import { putBucketVersioning } from '../../../../src/services/s3/operations/put-bucket-versioning.ts'
import { putObject } from '../../../../src/services/s3/operations/put-object.ts'
import { createS3State } from '../../../../src/services/s3/state.ts'
import { bodyOf, createTestContext } from '../context.ts'

/** A step of a history; `at` picks one of the versions that there are. */
type Step =
  | { readonly kind: 'put'; readonly key: string }
  | { readonly kind: 'delete'; readonly key: string }
  | { readonly kind: 'deleteVersion'; readonly at: number }
  | { readonly kind: 'versioning'; readonly status: 'Enabled' | 'Suspended' }

/** A version as the model knows it. */
interface ModelVersion {
  readonly key: string
  readonly id: string
  /** `undefined` for a delete marker. */
  readonly text: string | undefined
}

const key = fc.constantFrom('a', 'b/1', 'b/2', '\u{1f600}', '\uffee')
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ kind: fc.constant('put' as const), key }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('delete' as const), key }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('deleteVersion' as const), at: fc.nat(50) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('versioning' as const),
      status: fc.constantFrom('Enabled' as const, 'Suspended' as const),
    }),
  },
)

/** Versions newest first within a key, as S3 documents them. */
class Model {
  status: 'Enabled' | 'Suspended' | undefined
  versions: ModelVersion[] = []

  add(version: ModelVersion): void {
    const kept = this.versions.filter(
      ({ key: other, id }) => other !== version.key || id !== 'null' || version.id !== 'null',
    )
    this.versions = [version, ...kept]
  }

  remove({ key: removedKey, id: removedId }: ModelVersion): void {
    this.versions = this.versions.filter(({ key: other, id }) => other !== removedKey || id !== removedId)
  }

  listed(): ModelVersion[] {
    const keys = [...new Set(this.versions.map(version => version.key))]
    keys.sort((left, right) => Buffer.compare(Buffer.from(left), Buffer.from(right)))
    return keys.flatMap(name => this.versions.filter(version => version.key === name))
  }
}

async function live(steps: readonly Step[]) {
  const state = createS3State()
  const context = createTestContext()
  const Bucket = 'historia'
  const model = new Model()
  await createBucket(state, { Bucket }, context)
  for (const [index, each] of steps.entries()) {
    if (each.kind === 'versioning') {
      model.status = each.status
      await putBucketVersioning(state, { Bucket, VersioningConfiguration: { Status: each.status } }, context)
    } else if (each.kind === 'put') {
      const text = `texto ${index}`
      const { VersionId = 'null' } = await putObject(
        state,
        { Bucket, Key: each.key, Body: bodyOf(text) },
        context,
      )
      model.add({ key: each.key, id: VersionId, text })
    } else if (each.kind === 'delete') {
      const { VersionId } = await deleteObject(state, { Bucket, Key: each.key }, context)
      if (model.status === undefined) model.remove({ key: each.key, id: 'null', text: undefined })
      else model.add({ key: each.key, id: VersionId ?? '', text: undefined })
    } else {
      const version = model.versions[each.at % Math.max(model.versions.length, 1)]
      if (version === undefined) continue
      await deleteObject(state, { Bucket, Key: version.key, VersionId: version.id }, context)
      model.remove(version)
    }
  }
  return { state, context, Bucket, model }
}

describe('the history of versions', () => {
  it('is listed newest first, whatever happened, in pages of any size', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { maxLength: 40 }),
        fc.integer({ min: 1, max: 7 }),
        async (steps, MaxKeys) => {
          const { state, context, Bucket, model } = await live(steps)
          const found = { versions: [] as string[], markers: [] as string[] }
          let markers: { KeyMarker?: string | undefined; VersionIdMarker?: string | undefined } = {}
          for (;;) {
            const page = await listObjectVersions(state, { Bucket, MaxKeys, ...markers }, context)
            found.versions.push(...(page.Versions ?? []).map(describeEntry))
            found.markers.push(...(page.DeleteMarkers ?? []).map(describeEntry))
            if (!page.IsTruncated) break
            markers = { KeyMarker: page.NextKeyMarker, VersionIdMarker: page.NextVersionIdMarker }
          }
          const latest = new Map<string, string>()
          for (const { key: Key, id } of model.listed()) if (!latest.has(Key)) latest.set(Key, id)
          const expected = model.listed().map(({ key: Key, id: VersionId, text }) => ({
            text,
            entry: describeEntry({ Key, VersionId, IsLatest: latest.get(Key) === VersionId }),
          }))
          expect(found).toEqual({
            versions: expected.filter(({ text }) => text !== undefined).map(({ entry }) => entry),
            markers: expected.filter(({ text }) => text === undefined).map(({ entry }) => entry),
          })
        },
      ),
    )
  })

  it('keeps each version’s own bytes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 30 }), async steps => {
        const { state, context, Bucket, model } = await live(steps)
        for (const { key: Key, id: VersionId, text } of model.versions) {
          if (text === undefined) continue
          const { Body } = await getObject(state, { Bucket, Key, VersionId }, context)
          expect(Buffer.from(Body as Uint8Array).toString()).toBe(text)
        }
      }),
      { numRuns: 40 },
    )
  })

  it('goes on behind a marker whose version was removed meanwhile', async () => {
    const steps: Step[] = [
      { kind: 'versioning', status: 'Enabled' },
      ...Array.from({ length: 9 }, () => ({ kind: 'put', key: 'a' }) as const),
    ]
    const { state, context, Bucket, model } = await live(steps)
    const ids = model.listed().map(({ id }) => id)
    const first = await listObjectVersions(state, { Bucket, MaxKeys: 4 }, context)
    for (const VersionId of ids.slice(0, 4))
      await deleteObject(state, { Bucket, Key: 'a', VersionId }, context)
    const second = await listObjectVersions(
      state,
      { Bucket, KeyMarker: first.NextKeyMarker, VersionIdMarker: first.NextVersionIdMarker },
      context,
    )
    expect(second.Versions?.map(({ VersionId }) => VersionId)).toEqual(ids.slice(4))
  })

  it('empties a bucket that is deleted page by page', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40 }), async steps => {
        const { state, context, Bucket } = await live(steps)
        let markers: { KeyMarker?: string | undefined; VersionIdMarker?: string | undefined } = {}
        for (;;) {
          const page = await listObjectVersions(state, { Bucket, MaxKeys: 3, ...markers }, context)
          for (const { Key = '', VersionId } of [...(page.Versions ?? []), ...(page.DeleteMarkers ?? [])]) {
            await deleteObject(state, { Bucket, Key, VersionId }, context)
          }
          if (!page.IsTruncated) break
          markers = { KeyMarker: page.NextKeyMarker, VersionIdMarker: page.NextVersionIdMarker }
        }
        expect(state.buckets.get(Bucket)?.objects.size).toBe(0)
        expect(state.buckets.get(Bucket)?.keys.chunks).toEqual([])
      }),
    )
  })
})

interface Entry {
  readonly Key?: string | undefined
  readonly VersionId?: string | undefined
  readonly IsLatest?: boolean | undefined
}

function describeEntry({ Key, VersionId, IsLatest }: Entry): string {
  return `${Key} ${VersionId} ${IsLatest ? 'latest' : 'older'}`
}
