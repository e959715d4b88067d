/** What an account keeps of CloudWatch Logs in one region. */
export interface LogsState {
  readonly groups: Map<string, LogGroup>
  /** By name; those of one resource by its ARN. */
  readonly resourcePolicies: Map<string, StoredResourcePolicy>
  /** Events stored so far, of all streams: the last one's sequence number. */
  sequence: number
}

/** A log group; times are milliseconds since the epoch. */
export interface LogGroup {
  readonly name: string
  readonly createdAt: number
  readonly logGroupClass: LogGroupClass
  retentionInDays?: number
  isDeletionProtected: boolean
  readonly tags: Map<string, string>
  readonly streams: Map<string, LogStream>
  readonly subscriptionFilters: Map<string, SubscriptionFilter>
}

export type LogGroupClass = 'STANDARD' | 'INFREQUENT_ACCESS'

/** Where a group's events go besides. */
export interface SubscriptionFilter {
  readonly name: string
  readonly pattern: string
  /** Of a function. */
  readonly destinationArn: string
  /** The name of CloudWatch Logs that the function's policy lets in. */
  readonly principal: string
  readonly distribution: 'Random' | 'ByLogStream'
  readonly createdAt: number
}

/** A log stream and its events. */
export interface LogStream {
  readonly name: string
  readonly createdAt: number
  /** Appended to; in order of time and sequence only while `isSorted`. */
  readonly events: StoredEvent[]
  isSorted: boolean
  /** Bytes of all messages in UTF-8. */
  messageBytes: number
  lastIngestionTime?: number
}

/** One event; the sequence number tells it from every other of the account and region. */
export interface StoredEvent {
  readonly timestamp: number
  readonly ingestionTime: number
  readonly sequence: number
  readonly message: string
  /** Of the message in UTF-8. */
  readonly bytes: number
}

/** A resource policy as it was put. */
export interface StoredResourcePolicy {
  readonly name: string
  readonly document: string
  readonly updatedAt: number
  /** Where it belongs to one group, and then it has a revision. */
  readonly resourceArn?: string
  readonly revisionId?: string
}

/** Creates the state of an account in a region. */
export function createLogsState(): LogsState {
  return { groups: new Map(), resourcePolicies: new Map(), sequence: 0 }
}
