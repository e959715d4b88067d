import {
  cannotRun,
  endType,
  type FailureDocument,
  type ProcessEnd,
  processEnded,
  responseTooLarge,
  timedOut,
} from './failures.ts'
import { maximumResponseBytes } from './limits.ts'
import type { ProcessEvent } from './process-turn.ts'
import type { CallStatus, InitReport } from './report.ts'

/** How a call ended, for its caller and for its REPORT line. */
export interface CallOutcome {
  readonly payload: Uint8Array
  readonly status: CallStatus
  readonly isFailure: boolean
  /** What the REPORT line names: only how a process ended, not what a handler threw. */
  readonly errorType?: string
}

/** Says what an event means for the call in which it happened. */
export function explainEvent(
  event: ProcessEvent,
  { requestId, timeoutSeconds }: { readonly requestId: string; readonly timeoutSeconds: number },
): CallOutcome {
  switch (event.kind) {
    case 'response':
      return { payload: event.payload, status: 'success', isFailure: false }
    case 'response-too-large':
      return failure(responseTooLarge(maximumResponseBytes), 'success')
    case 'error':
    case 'init-error':
      return { payload: event.message.document, status: 'success', isFailure: true }
    case 'ended':
      return explainEnd(event.end, requestId)
    default:
      return failure(timedOut(requestId, timeoutSeconds), 'timeout')
  }
}

/** The function could not be prepared at all. */
export function explainProblem(problem: string, requestId: string): CallOutcome {
  return failure(cannotRun(requestId, problem), 'success')
}

/** Says what an event means for an initialization that did not succeed. */
export function explainInit(event: ProcessEvent): Pick<InitReport, 'status' | 'errorType'> {
  switch (event.kind) {
    case 'init-error':
      return { status: 'error', errorType: event.message.errorType }
    case 'ended':
      return { status: 'error', errorType: endType(event.end) }
    default:
      return { status: 'timeout', errorType: undefined }
  }
}

function explainEnd(end: ProcessEnd, requestId: string): CallOutcome {
  return { ...failure(processEnded(requestId, end), 'error'), errorType: endType(end) }
}

function failure(document: FailureDocument, status: CallStatus): CallOutcome {
  return { payload: Buffer.from(JSON.stringify(document)), status, isFailure: true }
}
