// Stands in for Lambda's bootstrap: loads a bundle, calls its handler once for each event, and reports on descriptor 3. What
// the process has used is read at its end, so that it counts Node's start and the loading of the bundle.
const { readFileSync, writeSync } = require('node:fs')

const { bundle, events, context } = JSON.parse(readFileSync(0, 'utf8'))

async function invoke(handler, event, index) {
  const deadline = performance.now() + context.timeoutMilliseconds
  try {
    const result = await handler(event, {
      ...context,
      awsRequestId: `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`,
      getRemainingTimeInMillis: () => Math.max(0, Math.round(deadline - performance.now())),
    })
    return { kind: 'result', result }
  } catch ({ name, message }) {
    return { kind: 'error', name, message }
  }
}

async function main() {
  const { handler } = require(bundle)
  const answers = []
  for (const [index, event] of events.entries()) answers.push(await invoke(handler, event, index))
  const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage()
  const usage = { peakMegabytes: maxRSS / 1024, cpuSeconds: (userCPUTime + systemCPUTime) / 1e6 }
  writeSync(3, JSON.stringify({ answers, usage }))
  process.exit(0)
}

main()
