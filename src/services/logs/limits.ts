/** Milliseconds of a day. */
export const dayMilliseconds = 24 * 60 * 60 * 1000

/** Bytes that AWS adds to each event's message. Source: https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutLogEvents.html */
export const eventOverheadBytes = 26

/** What one call of PutLogEvents may carry. Source: as eventOverheadBytes. */
export const batch = {
  events: 10_000,
  bytes: 1_048_576,
  eventBytes: 1_048_576,
  spanMilliseconds: dayMilliseconds,
  /** Events further in the past are rejected one by one. */
  pastMilliseconds: 14 * dayMilliseconds,
  /** Events further in the future are rejected one by one. */
  futureMilliseconds: 2 * 60 * 60 * 1000,
} as const

/** What one page of GetLogEvents or FilterLogEvents may carry. Source: https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_FilterLogEvents.html */
export const page = { events: 10_000, bytes: 1_048_576 } as const

/** Events that one call of FilterLogEvents looks at, matching or not; AWS bounds this by time and does not say how much. */
export const scannedEvents = 10_000

/** Milliseconds that a token of GetLogEvents or FilterLogEvents is good for. Source: as page. */
export const tokenMilliseconds = 24 * 60 * 60 * 1000

/** Groups or streams of one page. Source: https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DescribeLogGroups.html */
export const described = { minimum: 1, default: 50, maximum: 50 } as const

/** Groups of one page of ListLogGroups. Source: https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_ListLogGroups.html */
export const listed = { minimum: 1, default: 50, maximum: 1000 } as const

/** Days that events may be kept. Source: https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html */
export const retentionDays: readonly number[] = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
]

/** Characters of the names of groups and streams. Source: botocore's model of 2014-03-28. */
export const nameLength = { minimum: 1, maximum: 512 } as const

/** Tags of one resource, characters of their keys and values. Source: https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_TagResource.html */
export const tags = { count: 50, keyLength: 128, valueLength: 256 } as const

/** Characters of a filter pattern. Source: botocore's model of 2014-03-28. */
export const patternLength = { minimum: 0, maximum: 1024 } as const

/** Regular expressions and wildcard selectors of one pattern. Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html */
export const patternQuota = { regexes: 2, wildcards: 3, wildcardsOfSelector: 1 } as const

/** Messages of one TestMetricFilter. Source: https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_TestMetricFilter.html */
export const testedMessages = { minimum: 1, maximum: 50 } as const

/** Streams that FilterLogEvents or StartLiveTail may name. Source: as page. */
export const namedStreams = { minimum: 1, maximum: 100 } as const

/** Account-wide resource policies of a region, characters of one. Source: https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutResourcePolicy.html */
export const resourcePolicies = { count: 10, documentLength: 51_200 } as const

/**
 * Bytes of memory that one stream's events may take, and the bytes of bookkeeping that each event is counted with
 * besides its message; ours, AWS keeps everything.
 */
export const streamMemory = { bytes: 64 * 1024 * 1024, eventBytes: 128 } as const

/** What Live Tail allows. Source: https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_StartLiveTail.html */
export const liveTail = {
  groups: 10,
  /** At once, of an account. */
  sessions: 15,
  intervalMilliseconds: 1000,
  updateEvents: 500,
  /** For a caller that reads too slowly; the oldest go first. */
  bufferedEvents: 5000,
  sessionMilliseconds: 3 * 60 * 60 * 1000,
} as const

/**
 * Subscription filters of one group. Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/cloudwatch_limits_cwl.html
 * Bytes that one invocation carries at most before they are packed, and those that each event takes besides its message:
 * so that a function's 1 MB for events is never too little.
 */
export const subscriptions = { filters: 2, batchBytes: 600_000, eventBytes: 120 } as const
