import type { Container } from './containers.ts'

/** One change of one container; values are as they were written, without views around them. */
export type Change =
  /** A member of a record or an element of an array. */
  | { readonly kind: 'set'; readonly target: object; readonly key: string; readonly value: unknown }
  | { readonly kind: 'delete'; readonly target: object; readonly key: string }
  | {
      readonly kind: 'splice'
      readonly target: unknown[]
      readonly start: number
      readonly deleteCount: number
      readonly items: readonly unknown[]
    }
  /** All elements of an array. */
  | { readonly kind: 'rewrite'; readonly target: unknown[]; readonly items: readonly unknown[] }
  | {
      readonly kind: 'put'
      readonly target: Map<unknown, unknown>
      readonly key: unknown
      readonly value: unknown
    }
  | { readonly kind: 'drop'; readonly target: Map<unknown, unknown> | Set<unknown>; readonly key: unknown }
  | { readonly kind: 'add'; readonly target: Set<unknown>; readonly value: unknown }
  | { readonly kind: 'clear'; readonly target: Map<unknown, unknown> | Set<unknown> }

/** Who hears of changes. */
export interface ChangeRecorder {
  /** Whether changes of the container are wanted; those of one that is yet to be written as a whole are not. */
  wants(target: Container): boolean
  record(change: Change): void
}
