import { policyTooLong, resourceConflict } from '../errors.ts'
import { latestQualifier } from '../functions/find.ts'
import { maxPolicyBytes } from '../limits.ts'
import type { LambdaContext } from '../operation.ts'
import type { LambdaFunction, PolicyStatement, ResourcePolicy } from '../state.ts'

/** A policy as AWS writes it. */
export function writePolicy({ statements }: ResourcePolicy): string {
  return JSON.stringify({ Version: '2012-10-17', Id: 'default', Statement: statements })
}

/**
 * A policy with another statement.
 * @throws AwsError ResourceConflictException, PolicyLengthExceededException
 */
export function withStatement(
  policy: ResourcePolicy | undefined,
  statement: PolicyStatement,
): ResourcePolicy {
  const statements = policy?.statements ?? []
  if (statements.some(({ Sid }) => Sid === statement.Sid)) {
    throw resourceConflict(
      `The statement id (${statement.Sid}) provided already exists. Please provide a new statement id, or remove the existing statement.`,
    )
  }
  const changed = { statements: [...statements, statement] }
  const size = Buffer.byteLength(writePolicy(changed))
  if (size > maxPolicyBytes) throw policyTooLong(size)
  return changed
}

/** The alias or version that a qualifier names: what carries the revision id of its policy. */
export function revisionHolder(owner: LambdaFunction, qualifier: string): { revisionId: string } | undefined {
  if (qualifier === latestQualifier) return owner.latest
  return owner.aliases.get(qualifier) ?? owner.versions.get(qualifier)
}

/** Replaces the policy of a function, a version or an alias, which counts as a change of it. */
export function replacePolicy(
  owner: LambdaFunction,
  { qualifier, policy }: { readonly qualifier: string; readonly policy: ResourcePolicy },
  { ids }: Pick<LambdaContext, 'ids'>,
): void {
  if (policy.statements.length === 0) owner.policies.delete(qualifier)
  else owner.policies.set(qualifier, policy)
  const holder = revisionHolder(owner, qualifier)
  if (holder) holder.revisionId = ids.uuid()
}
