import type { ListPolicyVersionsRequest, ListPolicyVersionsResponse } from '@aws-sdk/client-iam'
import type { Operation } from '../../../cloud/operation.ts'
import { cutPage } from '../paging.ts'
import { describeVersion } from '../policies/answer.ts'
import { findPolicy } from '../policies/find.ts'
import type { IamState, PolicyVersion } from '../state.ts'
import { checkInput } from '../validation.ts'

/**
 * Lists the versions of a managed policy, newest first.
 * Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListPolicyVersions.html
 */
export const listPolicyVersions: Operation<
  IamState,
  ListPolicyVersionsRequest,
  ListPolicyVersionsResponse
> = (state, input) => {
  checkInput(input, ['PolicyArn'])
  const policy = findPolicy(state, input.PolicyArn)
  const newestFirst = ({ id }: PolicyVersion): string => String(1e9 - Number.parseInt(id.slice(1), 10))
  const { items, ...page } = cutPage(policy.versions.values(), newestFirst, input)
  return { Versions: items.map(version => describeVersion(policy, version)), ...page }
}
