import type { AwsError } from '../core/aws-error.ts'
import type { ContextFacts } from './policy/context-keys.ts'

/** What a call needs: an action on a resource. */
export interface Permission {
  /** E.g. `s3:GetObject`. */
  readonly action: string
  /** An ARN, or `*` for actions that have no resource. */
  readonly resource: string
  /** The resource as a refusal names it where that is not its ARN, e.g. IAM's `role lector`. */
  readonly label?: string
  /** Condition keys of the service, e.g. `s3:prefix`. */
  readonly keys?: ContextFacts
  /** The resource's own policy as JSON, where it has one. */
  readonly resourcePolicy?: string
  /** The account that the resource belongs to; the caller's own where absent. */
  readonly resourceAccountId?: string
  /**
   * The resource's policy gives nothing, it only denies: where it belongs to somebody else than the resource does, or is
   * kept from this caller.
   */
  readonly isResourcePolicyDenyOnly?: true
  /** Whom the resource's access control list names that gives this to the caller. */
  readonly grantedTo?: AccessListGrant
  /** The caller's account as the resource's policy may name it by a `CanonicalUser`, where it does. */
  readonly callerCanonicalId?: string
  /** The resource's policy must allow it, whatever the caller's own policies say: a role's trust policy. */
  readonly isResourcePolicyRequired?: true
  /** Headers, lower case, that a refusal carries all the same: what everybody may know of the resource. */
  readonly refusalHeaders?: Readonly<Record<string, string>>
}

/** `everyone` also where the caller's own policies say nothing; an `account` lets its own policies decide. */
export type AccessListGrant = 'everyone' | 'account'

/** What a service may look at to tell what a call needs. */
export interface PermissionScope<State = unknown> {
  readonly state: State
  readonly accountId: string
  readonly region: string
  /** `anonymous` without credentials. */
  readonly callerArn: string
  /** The account that calls; `undefined` without credentials. */
  readonly callerAccountId: string | undefined
  /** Milliseconds since the epoch. */
  readonly now: number
}

/**
 * Tells, by operation, what a call needs; nothing for calls that anybody may make. An operation that is not in the table
 * needs the action of its own name on `*`.
 */
export type PermissionTable<State> = Readonly<
  // biome-ignore lint/suspicious/noExplicitAny: a table of functions with different inputs has no narrower common type
  Record<string, (input: any, scope: PermissionScope<State>) => readonly Permission[]>
>

/** Gives the error with which the caller must be refused, or `undefined` when it may. */
export type RefusalOf = (permission: Permission) => AwsError | undefined
