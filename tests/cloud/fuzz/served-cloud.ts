// A cloud in a process of its own: its memory and handles are then told apart from those of whoever sends it noise.
import { setImmediate } from 'node:timers/promises'
import { startLocalCloud } from '../../../src/local-cloud.ts'
import type { CloudFacts } from './fuzzed-cloud.ts'

const bugs: string[] = []
const cloud = await startLocalCloud({
  port: 0,
  seed: 20_261_125,
  onBug: (error, request) => bugs.push(`${request}: ${error instanceof Error ? error.stack : String(error)}`),
})
// Listeners that pile up on one emitter are told of as a warning only.
process.on('warning', warning => bugs.push(`warning: ${warning.stack}`))
process.on('message', async () => {
  process.send?.(await measure())
})
process.once('disconnect', async () => {
  await cloud.close()
})
process.send?.({ url: cloud.url, port: cloud.port })

/** What the process holds once everything that can be collected was. */
async function measure(): Promise<CloudFacts> {
  for (let round = 0; round < 4; round++) {
    globalThis.gc?.()
    await setImmediate()
  }
  const { heapUsed, rss, external } = process.memoryUsage()
  const resources = process.getActiveResourcesInfo()
  const countOf = (kind: string): number => resources.filter(each => each === kind).length
  return {
    bugs: bugs.splice(0),
    heapBytes: heapUsed,
    outsideHeapBytes: external,
    residentBytes: rss,
    sockets: countOf('TCPSocketWrap'),
    files: countOf('FSReqCallback') + countOf('FSReqPromise'),
    processes: countOf('ProcessWrap'),
  }
}
