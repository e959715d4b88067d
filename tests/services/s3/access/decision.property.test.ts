import type { Grant } from '@aws-sdk/client-s3'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { mayAccount, mayAnybody } from '../../../../src/cloud/authorize.ts'
import { permissionOf } from '../../../../src/services/s3/access/need.ts'
import { allUsers, authenticatedUsers } from '../../../../src/services/s3/acl/grants.ts'
import { createBucket } from '../../../../src/services/s3/operations/create-bucket.ts'
import { putObject } from '../../../../src/services/s3/operations/put-object.ts'
import { ownerOf } from '../../../../src/services/s3/owner.ts'
import { createS3State, type S3State } from '../../../../src/services/s3/state.ts'
import { bodyOf, createTestContext } from '../context.ts'
import { actions, type Granted, modelAllows, type Said, type World } from './naive-model.ts'

const accounts = ['111111111111', '222222222222', '333333333333'] as const
const account = fc.constantFrom(...accounts)
const grants = fc.option(
  fc.array(
    fc.record<Granted>({
      to: fc.oneof(account, fc.constantFrom('all', 'authenticated')),
      permission: fc.constantFrom('READ', 'WRITE', 'READ_ACP', 'WRITE_ACP', 'FULL_CONTROL'),
    }),
    { maxLength: 3 },
  ),
  { nil: undefined },
)
const statement = fc.record<Said>({
  effect: fc.constantFrom('Allow', 'Allow', 'Deny'),
  principal: fc.oneof(account, fc.constant('*')),
  action: fc.oneof(fc.constant('s3:*'), fc.constantFrom(...Object.keys(actions).map(name => `s3:${name}`))),
})
const worlds = fc.record<World>({
  bucketOwner: account,
  writer: account,
  ownership: fc.constantFrom('BucketOwnerEnforced', 'BucketOwnerPreferred', 'ObjectWriter'),
  bucketAcl: grants,
  objectAcl: grants,
  ignoresPublicAcls: fc.boolean(),
  restrictsPublicBuckets: fc.boolean(),
  policy: fc.array(statement, { maxLength: 3 }),
})

const groupsByName: Readonly<Record<string, string>> = { all: allUsers, authenticated: authenticatedUsers }
const toGrant = ({ to, permission }: Granted): Grant => ({
  Grantee: groupsByName[to]
    ? { Type: 'Group', URI: groupsByName[to] }
    : { ...ownerOf(to), Type: 'CanonicalUser' },
  Permission: permission,
})

const Bucket = 'mundo'

/** The world as S3's state: the object is written by its writer, the settings are put where operations put them. */
async function build(world: World): Promise<S3State> {
  const state = createS3State()
  const context = createTestContext()
  createBucket(
    state,
    { Bucket, ObjectOwnership: world.ownership },
    { ...context, accountId: world.bucketOwner },
  )
  const body = { Bucket, Key: 'k', Body: bodyOf('x') }
  await putObject(state, body, { ...context, accountId: world.writer })
  const bucket = state.buckets.get(Bucket)
  const [object] = [...(bucket?.objects.values() ?? [])].flat()
  if (bucket === undefined || object?.kind !== 'object') throw new Error('the world was not built')
  bucket.publicAccessBlock = {
    BlockPublicAcls: false,
    BlockPublicPolicy: false,
    IgnorePublicAcls: world.ignoresPublicAcls,
    RestrictPublicBuckets: world.restrictsPublicBuckets,
  }
  if (world.bucketAcl) bucket.acl = world.bucketAcl.map(toGrant)
  if (world.objectAcl) Object.assign(object, { acl: world.objectAcl.map(toGrant) })
  const Statement = world.policy.map(({ effect, principal, action }) => ({
    Effect: effect,
    Principal: principal === '*' ? '*' : { AWS: principal },
    Action: action,
    Resource: [`arn:aws:s3:::${Bucket}`, `arn:aws:s3:::${Bucket}/*`],
  }))
  if (Statement.length > 0) bucket.policy = JSON.stringify({ Version: '2012-10-17', Statement })
  return state
}

function isAllowed(state: S3State, caller: string | undefined, action: string): boolean {
  const { clock } = createTestContext()
  const isOnBucket = /^(ListBucket|(Get|Put)Bucket)/.test(action)
  const need = { action, bucket: Bucket, ...(!isOnBucket && { key: 'k' }) }
  const callerArn = caller === undefined ? 'anonymous' : `arn:aws:iam::${caller}:root`
  const permission = permissionOf(need, { state, callerAccountId: caller, callerArn })
  if (permission === undefined) throw new Error('the bucket is not there')
  return caller === undefined ? mayAnybody(clock, permission, {}) : mayAccount(clock, permission, caller)
}

it('who may do what is decided as AWS’s page says, for every account and for nobody’s', async () => {
  await fc.assert(
    fc.asyncProperty(worlds, async world => {
      const state = await build(world)
      for (const caller of [undefined, ...accounts]) {
        for (const action of Object.keys(actions)) {
          expect([caller, action, isAllowed(state, caller, action)]).toEqual([
            caller,
            action,
            modelAllows(world, caller, action),
          ])
        }
      }
    }),
    { numRuns: 200 },
  )
})
