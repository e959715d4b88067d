/** What AWS says against an action of an identity policy. */
export function findActionFault(action: string): string | undefined {
  const [vendor = '', ...names] = action.split(':')
  if (vendor !== '*' && names.length === 0)
    return 'Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.'
  if (names.length > 1) return 'Actions/Condition can contain only one colon.'
  return vendor === '*' || /^[a-zA-Z0-9\-.]*$/.test(vendor) ? undefined : `Vendor ${vendor} is not valid`
}

const partitions = [
  'aws',
  'aws-cn',
  'aws-us-gov',
  'aws-iso',
  'aws-iso-b',
  'aws-iso-e',
  'aws-iso-f',
  'aws-eusc',
]

const iamPaths = [
  'user/',
  'federated-user/',
  'role/',
  'group/',
  'instance-profile/',
  'mfa/',
  'server-certificate/',
  'policy/',
  'sms-mfa/',
  'saml-provider/',
  'oidc-provider/',
  'report/',
  'access-report/',
]

/** What AWS says against a resource of an identity policy. */
export function findResourceFault(resource: string): string | undefined {
  if (resource === '*') return undefined
  const [scheme, partition = '', service, region, account, ...path] = resource.split(':')
  if (scheme === resource) return `Resource ${resource} must be in ARN format or "*".`
  if (partition !== '*' && !partitions.includes(partition)) return partitionFault(resource)
  if (service === undefined) return 'Resource vendor must be fully qualified and cannot contain regexes.'
  const place = path.join(':')
  // An ARN that ends before its account counts as one with a region.
  const hasRegion = region !== '' || account === undefined
  if (service === 'iam') return findIamFault(resource, { hasRegion, place })
  if (service === 's3' && hasRegion && !place.startsWith('accesspoint/'))
    return `Resource ${resource} can not contain region information.`
  return undefined
}

function partitionFault(resource: string): string {
  const [, partition, ...rest] = resource.split(':')
  const [first = '', second = '*', third = '*', ...path] = rest
  const service = first === '' && rest.length < 2 ? '*' : first
  const place = path.length === 0 ? '*' : path.join(':')
  return `Partition "${partition}" is not valid for resource "arn:${partition}:${service}:${second}:${third}:${place}".`
}

function findIamFault(
  resource: string,
  { hasRegion, place }: { readonly hasRegion: boolean; readonly place: string },
): string | undefined {
  if (hasRegion) return `IAM resource ${resource} cannot contain region information.`
  if (place.startsWith('*') || iamPaths.some(path => place.startsWith(path))) return undefined
  return `IAM resource path must either be "*" or start with ${iamPaths.join(', ')}.`
}

/** Whether AWS's older parser reads a resource: an ARN with its five colons. */
export function isLegacyResource(resource: string): boolean {
  if (resource === '*') return true
  const colons = resource.split(':').length - 1
  return (colons >= 5 || !resource.includes('::')) && resource.split(':')[2] !== ''
}
