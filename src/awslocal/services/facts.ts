/** How an operation's answers come in pages; expressions are JMESPath. */
export interface Pagination {
  readonly inputTokens: readonly string[]
  readonly outputTokens: readonly string[]
  /** True in an answer that is not the last; without it, a token says so. */
  readonly moreResults?: string
  /** The input member that sets a page's size. */
  readonly limitKey?: string
  /** What is put together from all pages; the first counts as the items. */
  readonly resultKeys: readonly string[]
  /** What is taken from the first page. */
  readonly otherKeys: readonly string[]
}

/** What a waiter makes of one answer; the first that fits decides. */
export interface Acceptor {
  readonly state: string
  readonly matcher: string
  /** JMESPath, for the matchers that look into the answer. */
  readonly argument?: string
  readonly expected: string | number | boolean
}

/** Asks again until an answer is accepted. */
export interface WaiterFacts {
  readonly operation: string
  readonly delaySeconds: number
  readonly maxAttempts: number
  readonly acceptors: readonly Acceptor[]
}

/** What the AWS CLI knows of a service and the SDK's schemas do not say. `tests/awslocal/facts.test.ts` checks it and says how to write it. */
export interface ServiceFacts {
  readonly pagination: Readonly<Record<string, Pagination>>
  readonly waiters: Readonly<Record<string, WaiterFacts>>
  /** By structure: the places of its required members in AWS's model, or all names where the order differs more. */
  readonly memberOrder: Readonly<Record<string, readonly (number | string)[]>>
  /** Members that are integers in AWS's model and texts in the SDK. */
  readonly integerMembers: readonly string[]
  /** By structure and member (`Layers[]` for the items of a list): the shortest text or list, or the least number. */
  readonly minimums: Readonly<Record<string, Readonly<Record<string, number>>>>
}
