import type { ElementOrder } from '../../wire/model.ts'

/**
 * The order of elements in STS's documents, from the sample answers of its API reference.
 * https://docs.aws.amazon.com/STS/latest/APIReference/API_Operations.html
 */
export const elementOrder: ElementOrder = {
  GetCallerIdentityResponse: ['Arn', 'UserId', 'Account'],
  AssumeRoleResponse: ['SourceIdentity', 'AssumedRoleUser', 'Credentials', 'PackedPolicySize'],
  AssumedRoleUser: ['Arn', 'AssumedRoleId'],
}
