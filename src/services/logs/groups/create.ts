import type { LogGroup, LogGroupClass, LogStream, LogsState } from '../state.ts'

/** What a group begins with. */
export interface NewGroup {
  readonly name: string
  readonly logGroupClass?: LogGroupClass | undefined
  readonly isDeletionProtected?: boolean | undefined
  readonly tags?: Readonly<Record<string, string>> | undefined
}

/** Adds a group, or a new one in the place of an old one of the same name. */
export function addGroup(state: LogsState, group: NewGroup, now: number): LogGroup {
  const added: LogGroup = {
    name: group.name,
    createdAt: now,
    logGroupClass: group.logGroupClass ?? 'STANDARD',
    isDeletionProtected: group.isDeletionProtected ?? false,
    tags: new Map(Object.entries(group.tags ?? {})),
    streams: new Map(),
    subscriptionFilters: new Map(),
  }
  state.groups.set(added.name, added)
  return added
}

/** Adds an empty stream. */
export function addStream(group: LogGroup, name: string, now: number): LogStream {
  const added: LogStream = { name, createdAt: now, events: [], isSorted: true, messageBytes: 0 }
  group.streams.set(name, added)
  return added
}
