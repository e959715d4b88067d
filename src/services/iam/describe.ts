import type { CallDescription, DescribedCall } from '../../cloud/service.ts'

/** What calls name what they are about by, the most telling first. */
const names = ['RoleName', 'UserName', 'GroupName', 'InstanceProfileName', 'PolicyName', 'PolicyArn'] as const

/** Calls are made to the service's root; what they are about is in their input. */
export function describeCall({ input }: DescribedCall): CallDescription | undefined {
  const name = names.find(each => typeof input[each] === 'string')
  return name && { resource: String(input[name]) }
}
