import { availableParallelism, totalmem } from 'node:os'

/** A buffered response, in bytes. https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
export const maximumResponseBytes = 6 * 1024 * 1024 + 100
/** A streamed response, in bytes. Same source. */
export const maximumStreamedBytes = 200 * 1024 * 1024
/** An error's document, in bytes: larger ones are cut off as a response is. */
export const maximumErrorBytes = 256 * 1024
/** How long an environment may take before its first call, in milliseconds. Same source. */
export const initializationMilliseconds = 10_000
/** A line of a function's output, in bytes: longer ones are split. Size of an event of CloudWatch Logs. */
export const maximumLineBytes = 256 * 1024
/** What a caller gets with `LogType=Tail`, in bytes. */
export const logTailBytes = 4096
/** Output that is kept of one call, in bytes; the rest is read and dropped. Ours: AWS keeps what it can. */
export const maximumCallOutputBytes = 8 * 1024 * 1024
/** How long an environment waits for another call, in milliseconds. AWS does not say; some minutes are seen. */
export const idleMilliseconds = 5 * 60_000
/** How often a process's memory is looked at while it works, in milliseconds. */
export const memoryWatchMilliseconds = 50
/** How long output waits to be sent on in company, in milliseconds. */
export const outputDelayMilliseconds = 100

/** How long a call waits for an environment that has just answered, rather than starting another, in milliseconds. */
export const settlingMilliseconds = 20

/** Processes that are started at the same time: more would only get in each other's way. */
export const maximumStarts = Math.max(2, availableParallelism() * 2)

const environmentsPerCore = 16
const bytesPerEnvironment = 96 * 1024 * 1024

/**
 * Environments of this machine: by its cores and half of its memory, or what `TALLER_LAMBDA_ENVIRONMENTS` says.
 *
 * DIFFERS: AWS starts up to 1,000 and throttles what comes above; here calls wait for their turn on the machine.
 */
export function maximumEnvironments(wanted = process.env.TALLER_LAMBDA_ENVIRONMENTS): number {
  if (wanted !== undefined && /^[1-9]\d{0,3}$/.test(wanted)) return Number(wanted)
  const byMemory = Math.floor(totalmem() / 2 / bytesPerEnvironment)
  return Math.max(4, Math.min(availableParallelism() * environmentsPerCore, byMemory))
}
