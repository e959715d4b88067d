import type { Option, ParsedValue } from '../arguments/option.ts'

/** What a command line asks of an operation, while it is being read. */
export interface OperationRequest {
  /** Members of the operation's input. */
  readonly input: Record<string, unknown>
  readonly paging: { startingToken?: string; pageSize?: number; maxItems?: number }
  /** Where a streamed answer goes. */
  outputPath?: string
  /** JSON, or a reference to a file with it. */
  inputJson?: string
  skeleton?: 'input' | 'output'
}

/** One option of an operation and what it does to the request. */
export interface OperationArgument {
  readonly option: Option
  /** Left out of help. */
  readonly isHidden?: boolean
  readonly assign: (request: OperationRequest, value: ParsedValue) => void
}
