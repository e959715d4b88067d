import { findResourcePolicyFault } from '../../../cloud/policy/resource-faults.ts'
import { malformedPolicy } from './errors.ts'

/** A statement of a valid policy, as far as its actions must fit its resources. */
interface RawStatement {
  readonly Action?: string | readonly string[]
  readonly Resource?: string | readonly string[]
}

const objectAction =
  /^s3:(.*Object(?!LockConfiguration|OwnershipControls).*|AbortMultipartUpload|ListMultipartUploadParts)$/i

/**
 * Refuses the policy of a bucket that S3 would.
 * DIFFERS: users and roles that it names need not exist.
 * @throws AwsError MalformedPolicy
 */
export function requireBucketPolicy(text: string, bucket: string): void {
  if (!text.trimStart().startsWith('{'))
    throw malformedPolicy("Policies must be valid JSON and the first byte must be '{'")
  const fault = findResourcePolicyFault(text, {
    prohibited: [],
    required: ['Effect', 'Principal', 'Action', 'Resource'],
    actionFault: action => (/^(\*|s3:.+)$/i.test(action) ? undefined : 'Policy has invalid action'),
    resourceFault: resource => (isOfBucket(resource, bucket) ? undefined : 'Policy has invalid resource'),
    isKnownPrincipal: () => true,
  })
  if (fault !== undefined) throw malformedPolicy(fault.replace(/^(Invalid principal in policy).*$/s, '$1'))
  const { Statement } = JSON.parse(text) as { readonly Statement: RawStatement | readonly RawStatement[] }
  if ([Statement].flat().some(each => !actionsFitResources(each as RawStatement)))
    throw malformedPolicy('Action does not apply to any resource(s) in statement')
}

function isOfBucket(resource: string, bucket: string): boolean {
  const arn = `arn:aws:s3:::${bucket}`
  return resource === arn || resource === `${arn}*` || resource.startsWith(`${arn}/`)
}

/** Each action needs a resource of its kind: the bucket itself, or objects in it. */
function actionsFitResources({ Action = [], Resource = [] }: RawStatement): boolean {
  const resources = [Resource].flat()
  const hasBucket = resources.some(each => !each.includes('/'))
  const hasObjects = resources.some(each => each.includes('/') || each.endsWith('*'))
  return [Action].flat().every(action => {
    if (/[*?]/.test(action)) return true
    return objectAction.test(action) ? hasObjects : hasBucket
  })
}
