/** What the AWS CLI changes in a service's calls, beyond what AWS's model says. */
export interface Corrections {
  /** Refuses or completes an input before it is sent. */
  readonly prepare: (operation: string, input: Record<string, unknown>) => Record<string, unknown>
  /** Changes an answer to what is shown; `given` is the input as it was written. */
  readonly complete: (
    operation: string,
    given: Readonly<Record<string, unknown>>,
    answer: Record<string, unknown>,
  ) => Record<string, unknown>
}
