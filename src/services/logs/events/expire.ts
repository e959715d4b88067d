import type { OperationContext } from '../../../cloud/operation.ts'
import { dayMilliseconds } from '../limits.ts'
import type { LogsState } from '../state.ts'
import { dropEventsBefore } from './store.ts'

/**
 * Removes the events that are older than their group keeps them; the streams stay.
 * DIFFERS: events go within a minute of the cloud's clock; AWS takes up to 72 hours.
 */
export function expireEvents(state: LogsState, { clock }: OperationContext): void {
  for (const { retentionInDays, streams } of state.groups.values()) {
    if (retentionInDays === undefined) continue
    const oldest = clock.now() - retentionInDays * dayMilliseconds
    for (const stream of streams.values()) dropEventsBefore(stream, oldest)
  }
}
