import {
  CopyObjectCommand,
  CreateBucketCommand,
  DeletePublicAccessBlockCommand,
  GetBucketAclCommand,
  GetBucketOwnershipControlsCommand,
  GetObjectAclCommand,
  type Grant,
  type ObjectCannedACL,
  PutBucketAclCommand,
  PutBucketOwnershipControlsCommand,
  PutObjectAclCommand,
  PutObjectCommand,
  PutPublicAccessBlockCommand,
} from '@aws-sdk/client-s3'
import { describe, expect, it } from 'vitest'
import { ownerOf } from '../../../../src/services/s3/owner.ts'
import { failureOf, useS3 } from '../lab.ts'

const lab = useS3()
const owner = ownerOf('000000000000')
const other = ownerOf('111122223333')
const ownersGrant = { Grantee: { ...owner, Type: 'CanonicalUser' }, Permission: 'FULL_CONTROL' }
const groupUri = (name: string) => `http://acs.amazonaws.com/groups/${name}`
const toGroup = (name: string, Permission: string) => ({
  Grantee: { Type: 'Group', URI: groupUri(name) },
  Permission,
})
const toOther = (Permission: string) => ({ Grantee: { ...other, Type: 'CanonicalUser' }, Permission })

let bucketCount = 0
async function aclBucket(more: object = {}): Promise<string> {
  const Bucket = `con-acl-${++bucketCount}`
  await lab.s3.send(new CreateBucketCommand({ Bucket, ObjectOwnership: 'ObjectWriter', ...more }))
  await lab.s3.send(new DeletePublicAccessBlockCommand({ Bucket }))
  return Bucket
}
const grantsOf = async (Bucket: string) => (await lab.s3.send(new GetBucketAclCommand({ Bucket }))).Grants
const objectGrantsOf = async (Bucket: string, Key = 'k') =>
  (await lab.s3.send(new GetObjectAclCommand({ Bucket, Key }))).Grants
const change = (Bucket: string, more: object) => lab.s3.send(new PutBucketAclCommand({ Bucket, ...more }))

const document = (grant: object, Owner: object = owner) => ({
  AccessControlPolicy: { Owner, Grants: [grant] },
})
/** ACLs that cannot be read, and how AWS refuses them. */
const unreadable: readonly [string, object, string, string?][] = [
  ['an unknown name', { ACL: 'publico' }, 'InvalidArgument'],
  ['nothing', {}, 'MissingSecurityHeader', 'Your request was missing a required header'],
  [
    'a name and grants',
    { ACL: 'private', GrantRead: `id=${other.ID}` },
    'InvalidRequest',
    'Specifying both Canned ACLs and Header Grants is not allowed',
  ],
  [
    'a name and a document',
    { ACL: 'private', ...document(ownersGrant) },
    'UnexpectedContent',
    'This request does not support content',
  ],
  ['an odd grantee', { GrantRead: 'nombre=ana' }, 'InvalidArgument', 'Argument format not recognized'],
  ['an odd id', { GrantRead: 'id=ana' }, 'InvalidArgument', 'Invalid id'],
  ['an odd group', { GrantRead: 'uri=http://a.example' }, 'InvalidArgument', 'Invalid group uri'],
  ['an address', { GrantRead: 'emailAddress=a@a.es' }, 'UnresolvableGrantByEmailAddress'],
  ['an odd permission', document(toOther('TODO')), 'MalformedACLError'],
  ['an odd id in a document', document(ownersGrant, { ID: 'ana' }), 'InvalidArgument', 'Invalid id'],
  ['an odd group in a document', document(toGroup('a', 'READ')), 'InvalidArgument', 'Invalid group uri'],
  ['another owner', document(ownersGrant, other), 'AccessDenied', 'Access Denied'],
]

describe('the ACL of a bucket', () => {
  it.each([
    ['private', []],
    ['public-read', [toGroup('global/AllUsers', 'READ')]],
    ['public-read-write', [toGroup('global/AllUsers', 'READ'), toGroup('global/AllUsers', 'WRITE')]],
    ['authenticated-read', [toGroup('global/AuthenticatedUsers', 'READ')]],
    ['log-delivery-write', [toGroup('s3/LogDelivery', 'WRITE'), toGroup('s3/LogDelivery', 'READ_ACP')]],
  ])('may be %s', async (ACL, more) => {
    const Bucket = await aclBucket()
    await change(Bucket, { ACL })
    expect(await grantsOf(Bucket)).toEqual([ownersGrant, ...more])
  })

  it('may come in headers, and with the bucket', async () => {
    const Bucket = await aclBucket({ GrantRead: `id=${other.ID}` })
    expect(await grantsOf(Bucket)).toEqual([toOther('READ')])
    await change(Bucket, {
      GrantRead: `id="${other.ID}", uri=${groupUri('global/AllUsers')}`,
      GrantWriteACP: `id=${owner.ID}`,
    })
    expect(await grantsOf(Bucket)).toEqual([
      toOther('READ'),
      toGroup('global/AllUsers', 'READ'),
      { ...ownersGrant, Permission: 'WRITE_ACP' },
    ])
  })

  it('may come as a document', async () => {
    const Bucket = await aclBucket()
    const Grants = [ownersGrant, toOther('READ_ACP'), toGroup('s3/LogDelivery', 'WRITE')] as Grant[]
    await change(Bucket, { AccessControlPolicy: { Owner: owner, Grants } })
    expect(await grantsOf(Bucket)).toEqual(Grants)
  })

  it.each(unreadable)('is refused with %s', async (_what, more, code, message) => {
    const failure = await failureOf(change(await aclBucket(), more))
    expect(failure).toMatchObject({ code, ...(message && { message }) })
  })
})

describe('the ACL of an object', () => {
  it('comes with it, and is not copied', async () => {
    const Bucket = await aclBucket()
    await lab.s3.send(new PutObjectCommand({ Bucket, Key: 'k', Body: 'x', ACL: 'public-read' }))
    expect(await objectGrantsOf(Bucket)).toEqual([ownersGrant, toGroup('global/AllUsers', 'READ')])
    await lab.s3.send(new CopyObjectCommand({ Bucket, Key: 'copia', CopySource: `${Bucket}/k` }))
    expect(await objectGrantsOf(Bucket, 'copia')).toEqual([ownersGrant])
  })

  it('is replaced', async () => {
    const Bucket = await aclBucket()
    await lab.put(Bucket, 'k')
    await lab.s3.send(new PutObjectAclCommand({ Bucket, Key: 'k', ACL: 'authenticated-read' }))
    expect(await objectGrantsOf(Bucket)).toEqual([ownersGrant, toGroup('global/AuthenticatedUsers', 'READ')])
    const missing = new PutObjectAclCommand({ Bucket, Key: 'no-hay', ACL: 'private' })
    expect(await failureOf(lab.s3.send(missing))).toMatchObject({ code: 'NoSuchKey' })
  })
})

describe('where ACLs do not count', () => {
  const notSupported = {
    code: 'AccessControlListNotSupported',
    status: 400,
    message: 'The bucket does not allow ACLs',
  }
  it('none is taken', async () => {
    const Bucket = await lab.newBucket()
    await lab.put(Bucket, 'k')
    expect(await failureOf(change(Bucket, { ACL: 'private' }))).toMatchObject(notSupported)
    const ofObject = new PutObjectAclCommand({ Bucket, Key: 'k', ACL: 'private' })
    expect(await failureOf(lab.s3.send(ofObject))).toMatchObject(notSupported)
  })

  it.each(unreadable)(
    'what cannot be read is refused as anywhere: %s',
    async (_what, more, code, message) => {
      const Bucket = await lab.newBucket()
      expect(await failureOf(change(Bucket, more))).toMatchObject({ code, ...(message && { message }) })
      await lab.put(Bucket, 'k')
      const ofObject = new PutObjectAclCommand({ Bucket, Key: 'k', ...more })
      expect(await failureOf(lab.s3.send(ofObject))).toMatchObject({ code, ...(message && { message }) })
    },
  )

  it('a new object is refused for an ACL that there is not', async () => {
    const put = { Bucket: await lab.newBucket(), Key: 'k', Body: 'x' }
    const unknown = new PutObjectCommand({ ...put, ACL: 'publico' as ObjectCannedACL })
    expect(await failureOf(lab.s3.send(unknown))).toMatchObject({ code: 'InvalidArgument', status: 400 })
    const oddGroup = new PutObjectCommand({ ...put, GrantRead: 'uri=http://a.example' })
    expect(await failureOf(lab.s3.send(oddGroup))).toMatchObject({ message: 'Invalid group uri' })
  })

  it('everything is the owner’s, whatever was granted before', async () => {
    const Bucket = await aclBucket()
    await lab.s3.send(new PutObjectCommand({ Bucket, Key: 'k', Body: 'x', ACL: 'public-read' }))
    const enforce = new PutBucketOwnershipControlsCommand({
      Bucket,
      OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
    })
    await lab.s3.send(enforce)
    expect(await objectGrantsOf(Bucket)).toEqual([ownersGrant])
  })

  it('a bucket cannot come that is shared by its ACL', async () => {
    const Bucket = await aclBucket()
    await change(Bucket, { ACL: 'public-read' })
    const enforce = new PutBucketOwnershipControlsCommand({
      Bucket,
      OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
    })
    expect(await failureOf(lab.s3.send(enforce))).toMatchObject({
      code: 'InvalidBucketAclWithObjectOwnership',
      status: 400,
    })
  })
})

it('a new bucket takes no ACL for everybody, because it blocks them', async () => {
  expect(await failureOf(aclBucket({ ACL: 'public-read' }))).toMatchObject({
    code: 'InvalidBucketAclWithBlockPublicAccessError',
    status: 400,
    message: 'Bucket cannot have public ACLs set with BlockPublicAccess enabled',
  })
})

it('in us-east-1 a bucket that is created again has the new ACL', async () => {
  const Bucket = await aclBucket()
  await change(Bucket, { ACL: 'public-read' })
  await lab.s3.send(new CreateBucketCommand({ Bucket, ObjectOwnership: 'ObjectWriter' }))
  expect(await grantsOf(Bucket)).toEqual([ownersGrant])
})

it('a bucket that blocks public ACLs takes the others', async () => {
  const Bucket = await aclBucket()
  const PublicAccessBlockConfiguration = { BlockPublicAcls: true }
  await lab.s3.send(new PutPublicAccessBlockCommand({ Bucket, PublicAccessBlockConfiguration }))
  const refused = (action: string, resource: string) => ({
    code: 'AccessDenied',
    status: 403,
    message: `User: arn:aws:iam::000000000000:root is not authorized to perform: ${action} on resource: "arn:aws:s3:::${resource}" because public access control lists (ACLs) are blocked by the BlockPublicAcls block public access setting.`,
  })
  expect(await failureOf(change(Bucket, { ACL: 'public-read' }))).toMatchObject(
    refused('s3:PutBucketAcl', Bucket),
  )
  const put = new PutObjectCommand({ Bucket, Key: 'k', Body: 'x', ACL: 'authenticated-read' })
  expect(await failureOf(lab.s3.send(put))).toMatchObject(refused('s3:PutObject', `${Bucket}/k`))
  await change(Bucket, { GrantRead: `id=${other.ID}` })
})

describe('a bucket that is created as rclone and s3cmd do, with the ACL `private`', () => {
  it('has ACLs, so that its objects may be put with one', async () => {
    const Bucket = 'como-rclone'
    await lab.s3.send(new CreateBucketCommand({ Bucket, ACL: 'private' }))
    const { OwnershipControls } = await lab.s3.send(new GetBucketOwnershipControlsCommand({ Bucket }))
    expect(OwnershipControls?.Rules).toEqual([{ ObjectOwnership: 'BucketOwnerPreferred' }])
    await lab.s3.send(new PutObjectCommand({ Bucket, Key: 'k', Body: 'x', ACL: 'private' }))
  })

  it('has none where it says that its owner has everything', async () => {
    const Bucket = 'del-propietario'
    const input = { Bucket, ACL: 'private', ObjectOwnership: 'BucketOwnerEnforced' } as const
    await lab.s3.send(new CreateBucketCommand(input))
    const put = new PutObjectCommand({ Bucket, Key: 'k', Body: 'x', ACL: 'private' })
    expect((await failureOf(lab.s3.send(put))).code).toBe('AccessControlListNotSupported')
  })
})
