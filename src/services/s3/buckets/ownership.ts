/** AWS's setting of new buckets since April 2023: the owner has everything, ACLs do not count. */
export const defaultOwnership = 'BucketOwnerEnforced'

/** Who may own what others write. */
export const ownerships: ReadonlySet<string> = new Set([
  defaultOwnership,
  'BucketOwnerPreferred',
  'ObjectWriter',
])
