/** What a command did. */
export interface Outcome {
  readonly status: number
  readonly stdout: string
  readonly stderr: string
}

/** A command line tool that can be run. */
export interface Running {
  readonly run: (words: readonly string[], options: { folder: string; input?: string }) => Promise<Outcome>
  readonly stop: () => Promise<void>
}
