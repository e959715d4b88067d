import { execFile } from 'node:child_process'

/** How long a program may take to say its version; Python's start is the slowest. */
const timeoutMilliseconds = 8000

/**
 * Runs a program of this machine and gives what it printed (standard output, or error where that is empty), trimmed;
 * `undefined` when it is not there, fails or takes too long.
 */
export function runProgram(name: string, args: readonly string[]): Promise<string | undefined> {
  return new Promise(resolve => {
    const options = { timeout: timeoutMilliseconds, windowsHide: true, shell: process.platform === 'win32' }
    execFile(name, args, options, (error, stdout, stderr) => {
      resolve(error ? undefined : stdout.trim() || stderr.trim())
    })
  })
}
