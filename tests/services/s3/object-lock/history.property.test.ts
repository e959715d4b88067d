import fc from 'fast-check'
import { expect, it } from 'vitest'
import { createBucket } from '../../../../src/services/s3/operations/create-bucket.ts'
import { deleteObject } from '../../../../src/services/s3/operations/delete-object.ts'
import { listObjectVersions } from '../../../../src/services/s3/operations/list-object-versions.ts'
import { putObject } from '../../../../src/services/s3/operations/put-object.ts'
import { putObjectLegalHold } from '../../../../src/services/s3/operations/put-object-legal-hold.ts'
import { createS3State } from '../../../../src/services/s3/state.ts'
import { bodyOf, createTestContext } from '../context.ts'

const dayMilliseconds = 86_400_000
const Bucket = 'cerrado'
const Key = 'k'

/** A step of a history; `at` picks one of the versions that there are. */
type Step =
  | { readonly kind: 'put'; readonly mode: 'GOVERNANCE' | 'COMPLIANCE' | undefined; readonly days: number }
  | { readonly kind: 'hold'; readonly at: number; readonly status: 'ON' | 'OFF' }
  | { readonly kind: 'delete'; readonly at: number; readonly bypasses: boolean }
  | { readonly kind: 'wait'; readonly days: number }

const at = fc.nat(20)
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    kind: fc.constant('put' as const),
    mode: fc.constantFrom('GOVERNANCE' as const, 'COMPLIANCE' as const, undefined),
    days: fc.integer({ min: 1, max: 5 }),
  }),
  fc.record({
    kind: fc.constant('hold' as const),
    at,
    status: fc.constantFrom('ON' as const, 'OFF' as const),
  }),
  fc.record({ kind: fc.constant('delete' as const), at, bypasses: fc.boolean() }),
  fc.record({ kind: fc.constant('wait' as const), days: fc.integer({ min: 1, max: 3 }) }),
)

/** A version as the model knows it. */
interface ModelVersion {
  readonly id: string
  readonly mode: 'GOVERNANCE' | 'COMPLIANCE' | undefined
  /** Milliseconds since the epoch. */
  readonly until: number
  isHeld: boolean
}

/** As AWS documents it: a hold keeps a version always, a retention until its date, governance unless it is bypassed. */
function mayBeDeleted({ mode, until, isHeld }: ModelVersion, bypasses: boolean, now: number): boolean {
  if (isHeld) return false
  return mode === undefined || until <= now || (mode === 'GOVERNANCE' && bypasses)
}

function createLockedBucket() {
  const plain = createTestContext()
  // MD5 of `x`: whoever locks says what the digest is.
  const headers = { 'content-md5': 'ndTkYSaMgDT1yFZOFVxnpg==' }
  return {
    state: createS3State(),
    context: { ...plain, request: { ...plain.request, headers } },
    /** Newest first. */
    model: [] as ModelVersion[],
  }
}

type Locked = ReturnType<typeof createLockedBucket>

async function put(locked: Locked, { mode, days }: Extract<Step, { kind: 'put' }>): Promise<void> {
  const { state, context } = locked
  const until = context.clock.now() + days * dayMilliseconds
  const lock = mode && { ObjectLockMode: mode, ObjectLockRetainUntilDate: new Date(until) }
  const { VersionId = '' } = await putObject(state, { Bucket, Key, Body: bodyOf('x'), ...lock }, context)
  locked.model = [{ id: VersionId, mode, until, isHeld: false }, ...locked.model]
}

async function touch(locked: Locked, each: Extract<Step, { kind: 'hold' | 'delete' }>): Promise<void> {
  const { state, context, model } = locked
  const version = model[each.at % Math.max(model.length, 1)]
  if (version === undefined) return
  const named = { Bucket, Key, VersionId: version.id }
  if (each.kind === 'hold') {
    await putObjectLegalHold(state, { ...named, LegalHold: { Status: each.status } }, context)
    version.isHeld = each.status === 'ON'
    return
  }
  const remove = async () =>
    deleteObject(state, { ...named, BypassGovernanceRetention: each.bypasses }, context)
  if (mayBeDeleted(version, each.bypasses, context.clock.now())) {
    await remove()
    locked.model = model.filter(other => other !== version)
  } else await expect(remove()).rejects.toMatchObject({ code: 'AccessDenied', statusCode: 403 })
}

it('versions are deleted when their locks let them, and never before', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 40 }), async steps => {
      const locked = createLockedBucket()
      await createBucket(locked.state, { Bucket, ObjectLockEnabledForBucket: true }, locked.context)
      for (const each of steps) {
        if (each.kind === 'wait') locked.context.clock.advance(each.days * dayMilliseconds)
        else if (each.kind === 'put') await put(locked, each)
        else await touch(locked, each)
        const { Versions = [] } = await listObjectVersions(locked.state, { Bucket }, locked.context)
        expect(Versions.map(({ VersionId }) => VersionId)).toEqual(locked.model.map(({ id }) => id))
      }
    }),
    { numRuns: 100 },
  )
})
