// Stands in for Lambda's bootstrap: loads a bundle, calls its handler once, and reports on descriptor 3. What the process
// has used is read at its end, so that it counts Node's start and the loading of the bundle.
const { readFileSync, writeSync } = require('node:fs')

const { bundle, event, context = {} } = JSON.parse(readFileSync(0, 'utf8'))
const deadline = performance.now() + (context.timeoutMs ?? 60_000)
const lambdaContext = {
  functionName: 'prueba',
  functionVersion: '$LATEST',
  memoryLimitInMB: '256',
  awsRequestId: '11111111-2222-3333-4444-555555555555',
  ...context,
  getRemainingTimeInMillis: () => Math.max(0, Math.round(deadline - performance.now())),
}

function report(outcome) {
  const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage()
  const usage = { peakMegabytes: maxRSS / 1024, cpuSeconds: (userCPUTime + systemCPUTime) / 1e6 }
  writeSync(3, JSON.stringify({ ...outcome, ...usage }))
}

async function main() {
  const { handler } = require(bundle)
  try {
    report({ kind: 'result', result: await handler(event, lambdaContext) })
  } catch (error) {
    report({ kind: 'error', name: error.name, message: error.message })
  }
  process.exit(0)
}

main()
