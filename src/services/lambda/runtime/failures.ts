/** How a process ended. */
export interface ProcessEnd {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  /** It was ended because it held more memory than its function has. */
  readonly isOutOfMemory: boolean
  /** Why it could not be started at all. */
  readonly startProblem?: string
}

/** What a caller is told when a function fails, as JSON. */
export interface FailureDocument {
  readonly errorType: string
  readonly errorMessage: string
}

/** The call took longer than the function may. */
export function timedOut(requestId: string, timeoutSeconds: number): FailureDocument {
  return {
    errorType: 'Sandbox.Timedout',
    errorMessage: `RequestId: ${requestId} Error: ${timeoutText(timeoutSeconds)}`,
  }
}

export function timeoutText(timeoutSeconds: number): string {
  return `Task timed out after ${timeoutSeconds.toFixed(2)} seconds`
}

/** The process ended before it answered. */
export function processEnded(requestId: string, end: ProcessEnd): FailureDocument {
  return {
    errorType: endType(end),
    errorMessage: `RequestId: ${requestId} Error: ${endText(end)}`,
  }
}

/** AWS's name for the way a process ended. */
export function endType({ isOutOfMemory, startProblem }: ProcessEnd): string {
  if (startProblem !== undefined) return 'Runtime.InvalidEntrypoint'
  return isOutOfMemory ? 'Runtime.OutOfMemory' : 'Runtime.ExitError'
}

function endText({ code, signal, startProblem }: ProcessEnd): string {
  if (startProblem !== undefined) return startProblem
  if (signal !== null) return `Runtime exited with error: signal: ${signalText(signal)}`
  return code === 0
    ? 'Runtime exited without providing a reason'
    : `Runtime exited with error: exit status ${code}`
}

/** As Go, in which AWS's supervisor is written, says them. */
const signalTexts: Partial<Record<NodeJS.Signals, string>> = {
  SIGKILL: 'killed',
  SIGTERM: 'terminated',
  SIGABRT: 'aborted',
  SIGSEGV: 'segmentation fault',
  SIGINT: 'interrupt',
  SIGILL: 'illegal instruction',
  SIGBUS: 'bus error',
  SIGTRAP: 'trace/breakpoint trap',
}

function signalText(signal: NodeJS.Signals): string {
  return signalTexts[signal] ?? signal.slice(3).toLowerCase()
}

/** The response is larger than a caller may get. */
export function responseTooLarge(maximumBytes: number): FailureDocument {
  return {
    errorType: 'Function.ResponseSizeTooLarge',
    errorMessage: `Response payload size exceeded maximum allowed payload size (${maximumBytes} bytes).`,
  }
}

/** The function cannot be prepared or run on this machine. */
export function cannotRun(requestId: string, problem: string): FailureDocument {
  return { errorType: 'Runtime.InvalidEntrypoint', errorMessage: `RequestId: ${requestId} Error: ${problem}` }
}

/** Why a program could not be started, in AWS's words. */
export function explainStart(error: NodeJS.ErrnoException): string {
  if (error.code === 'ENOENT') return "Couldn't find valid bootstrap(s): [/var/task/bootstrap /opt/bootstrap]"
  if (error.code === 'EACCES') return 'fork/exec /var/task/bootstrap: permission denied'
  if (error.code === 'ENOEXEC') return 'fork/exec /var/task/bootstrap: exec format error'
  return error.message
}
