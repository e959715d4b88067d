import type { Lab } from './lab.ts'

/**
 * How a check ended. `unsupported` leaves the denominator: this target cannot show it.
 * `environment` (no cloud) and `bug` (ours) are never the student's fault.
 */
export type Verdict =
  | 'pass'
  | 'fail'
  | 'timeout'
  | 'crash'
  | 'skipped'
  | 'unsupported'
  | 'environment'
  | 'bug'

/** What a check saw, in Spanish, one line each where possible. */
export interface Finding {
  readonly verdict: Verdict
  /** What should be in the cloud, or what the program should have answered. */
  readonly expected?: string
  /** What is there instead. */
  readonly found?: string
  /**
   * Arguments of the `aws` command that shows the student the same evidence, without program name and endpoint,
   * e.g. `s3api head-bucket --bucket taller-7f3a`. Must run with `npx awslocal` as well.
   */
  readonly tryIt?: string
}

/** What a check needs of its target; where one is missing, its verdict is `unsupported`. */
export type Capability = 'clock'

/** Question → API and document → almost the code. */
export type Hints = readonly [question: string, api: string, almostCode: string]

/** One thing that a grader looks at. A check is data: adding one adds an object to its exercise's list. */
export interface Check {
  /** Unique in its exercise, kebab-case ASCII, e.g. `crea-bucket`. */
  readonly id: string
  /** What must hold, in Spanish, e.g. `asegurarBucket crea el bucket`. At most 60 characters. */
  readonly title: string
  /** A positive integer. */
  readonly points: number
  /** Ids of earlier checks without which this one says nothing; it is `skipped` unless all passed. */
  readonly needs?: readonly string[]
  readonly requires?: readonly Capability[]
  /** For one that is slow by its nature; the run's own deadline unless told. */
  readonly deadlineSeconds?: number
  readonly hints: Hints
  /** Looks at the cloud and at what the student's code answers. Throwing is our bug, never the student's failure. */
  run(lab: Lab): Promise<Finding>
}

/** The check holds. */
export const pass: Finding = { verdict: 'pass' }

/** The check does not hold: what was expected, what was found, and how to see it. */
export function fail(evidence: Omit<Finding, 'verdict'>): Finding {
  return { verdict: 'fail', ...evidence }
}
