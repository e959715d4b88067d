/** A bucket with one object, and all that decides who may use them. */
export interface World {
  readonly bucketOwner: string
  /** Who wrote the object. */
  readonly writer: string
  readonly ownership: 'BucketOwnerEnforced' | 'BucketOwnerPreferred' | 'ObjectWriter'
  /** `undefined`: the owner alone has everything. */
  readonly bucketAcl: readonly Granted[] | undefined
  readonly objectAcl: readonly Granted[] | undefined
  readonly ignoresPublicAcls: boolean
  readonly restrictsPublicBuckets: boolean
  readonly policy: readonly Said[]
}

/** `all` and `authenticated` are the groups; anything else an account. */
export interface Granted {
  readonly to: string
  readonly permission: 'READ' | 'WRITE' | 'READ_ACP' | 'WRITE_ACP' | 'FULL_CONTROL'
}

/** A statement about the bucket and all in it. */
export interface Said {
  readonly effect: 'Allow' | 'Deny'
  /** `*` or an account. */
  readonly principal: string
  /** With `s3:`. */
  readonly action: string
}

/** The table of https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html, row by row. */
export const actions: Readonly<
  Record<string, { readonly on: 'bucket' | 'object'; readonly permission?: Granted['permission'] }>
> = {
  ListBucket: { on: 'bucket', permission: 'READ' },
  ListBucketVersions: { on: 'bucket', permission: 'READ' },
  PutObject: { on: 'bucket', permission: 'WRITE' },
  DeleteObject: { on: 'bucket', permission: 'WRITE' },
  GetBucketAcl: { on: 'bucket', permission: 'READ_ACP' },
  PutBucketAcl: { on: 'bucket', permission: 'WRITE_ACP' },
  GetBucketTagging: { on: 'bucket' },
  PutObjectTagging: { on: 'bucket' },
  GetObject: { on: 'object', permission: 'READ' },
  GetObjectAcl: { on: 'object', permission: 'READ_ACP' },
  PutObjectAcl: { on: 'object', permission: 'WRITE_ACP' },
}

/**
 * Whether the root of an account, or somebody without one (`undefined`), may: AWS's page on how S3 authorizes a request,
 * read step by step. https://docs.aws.amazon.com/AmazonS3/latest/userguide/how-s3-evaluates-access-control.html
 */
export function modelAllows(world: World, caller: string | undefined, action: string): boolean {
  const spoken = world.policy.filter(
    said =>
      (said.principal === '*' || said.principal === caller) &&
      (said.action === 's3:*' || said.action === `s3:${action}`),
  )
  if (spoken.some(({ effect }) => effect === 'Deny')) return false
  const isPublic = world.policy.some(({ effect, principal }) => effect === 'Allow' && principal === '*')
  if (world.restrictsPublicBuckets && isPublic && caller !== world.bucketOwner) return false
  const isByPolicy = spoken.some(({ effect }) => effect === 'Allow')
  const isEnforced = world.ownership === 'BucketOwnerEnforced'
  const objectOwner = isEnforced ? world.bucketOwner : world.writer
  if (actions[action]?.on === 'object') {
    if (
      caller === objectOwner ||
      isByAcl(world, { acl: world.objectAcl, owner: objectOwner }, caller, action)
    )
      return true
    return objectOwner === world.bucketOwner && isByPolicy
  }
  if (caller === world.bucketOwner || isByPolicy) return true
  return isByAcl(world, { acl: world.bucketAcl, owner: world.bucketOwner }, caller, action)
}

function isByAcl(
  world: World,
  { acl, owner }: { readonly acl: readonly Granted[] | undefined; readonly owner: string },
  caller: string | undefined,
  action: string,
): boolean {
  const permission = actions[action]?.permission
  if (permission === undefined || world.ownership === 'BucketOwnerEnforced') return false
  return (acl ?? [{ to: owner, permission: 'FULL_CONTROL' }]).some(granted => {
    if (granted.permission !== permission && granted.permission !== 'FULL_CONTROL') return false
    if (granted.to === 'all') return !world.ignoresPublicAcls
    if (granted.to === 'authenticated') return !world.ignoresPublicAcls && caller !== undefined
    return granted.to === caller
  })
}
