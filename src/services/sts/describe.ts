import type { CallDescription, DescribedCall } from '../../cloud/service.ts'

/** Calls are made to the service's root; the role that is to be assumed is in their input. */
export function describeCall({ input }: DescribedCall): CallDescription | undefined {
  return typeof input.RoleArn === 'string' ? { resource: input.RoleArn } : undefined
}
