import { setTimeout as sleep } from 'node:timers/promises'
import type { Lab } from '../../../../src/course/lab.ts'

const deadlineMilliseconds = 20_000
const pollMilliseconds = 100

/**
 * Waits until something is so, or until nothing more can happen: a cloud of ours says when it is idle, of another one
 * only the time tells.
 */
export async function waitFor(lab: Lab, isSo: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + deadlineMilliseconds
  if (lab.control !== undefined) {
    await Promise.race([lab.control.waitUntilIdle(), sleep(deadlineMilliseconds, undefined, { ref: false })])
    return
  }
  while (!(await isSo()) && Date.now() < deadline) await sleep(pollMilliseconds)
}

/** Waits until a zip written now has another date than one written at `since`: zips count in steps of two seconds. */
export async function waitForZipClock(since: number): Promise<void> {
  const stepMilliseconds = 2100
  while (Date.now() - since < stepMilliseconds) await sleep(pollMilliseconds)
}
