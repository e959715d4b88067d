import { deleteConflict } from '../errors.ts'
import type { AnyIdentity } from '../state.ts'

/**
 * Refuses to delete an identity that still has policies.
 * @throws AwsError DeleteConflict
 */
export function requireNoPolicies({ attachedPolicies, inlinePolicies }: AnyIdentity): void {
  if (attachedPolicies.length > 0)
    throw deleteConflict('Cannot delete entity, must detach all policies first.')
  if (inlinePolicies.size > 0) throw deleteConflict('Cannot delete entity, must delete policies first.')
}
