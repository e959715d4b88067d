/** Lines that Lambda itself writes to a function's log. */
const PLATFORM = /^(START|END|REPORT|INIT_START|EXTENSION|XRAY)\b/

/** What a function printed in one invocation, without Lambda's own lines; `log` is the tail that Invoke gives. */
export function ownLogLines(log: string): string[] {
  return log.split(/\r?\n/).filter(line => line.trim() !== '' && !PLATFORM.test(line))
}
