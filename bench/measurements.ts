import { openConnection, requestBytes, sendLoad } from './load.ts'
import { usageOf } from './process-usage.ts'
import type { RunningServer } from './servers.ts'

/** One figure of one server. */
export interface Figure {
  readonly name: string
  readonly value: number
  readonly unit: string
  /** Whether a larger value is better. */
  readonly isRate: boolean
}

const smallBody = Buffer.alloc(1024, 'a')
const largeBytes = 64 * 1024 * 1024
const connections = 16

/** Makes the buckets that the measurements use. */
export async function prepare(server: RunningServer): Promise<void> {
  const connection = openConnection(server.port)
  for (const bucket of ['bench', 'listing']) await connection.send(requestBytes('PUT', `/${bucket}`))
  connection.close()
}

/** Small objects: rate and server CPU an operation, of PUT and of GET. */
export async function measureSmallObjects(server: RunningServer, count: number): Promise<Figure[]> {
  const figures: Figure[] = []
  for (const method of ['PUT', 'GET'] as const) {
    const body = method === 'PUT' ? smallBody : undefined
    const make = (index: number): Buffer => requestBytes(method, `/bench/obj-${index % 1000}`, body)
    await sendLoad(server.port, connections, { count: Math.ceil(count / 4), make })
    const before = usageOf(server.processId)
    const { requests, seconds } = await sendLoad(server.port, connections, { count, make })
    const after = usageOf(server.processId)
    figures.push({ name: `${method} 1 KiB × 16`, value: requests / seconds, unit: '/s', isRate: true })
    figures.push({
      name: `${method} 1 KiB CPU`,
      value: ((after.cpuSeconds - before.cpuSeconds) / requests) * 1e6,
      unit: 'µs',
      isRate: false,
    })
  }
  return figures
}

/** Stores many small objects. */
export async function storeObjects(server: RunningServer, count: number): Promise<void> {
  const make = (index: number): Buffer => requestBytes('PUT', `/bench/many-${index}`, smallBody)
  await sendLoad(server.port, connections, { count, make })
}

/** Large objects: rate of PUT and GET of 64 MiB (median of five), and how far memory grew. */
export async function measureLargeObjects(server: RunningServer): Promise<Figure[]> {
  const connection = openConnection(server.port)
  const before = usageOf(server.processId).residentBytes
  const put = requestBytes('PUT', '/bench/large', Buffer.alloc(largeBytes, 'b'))
  const get = requestBytes('GET', '/bench/large')
  let peak = before
  const timed = async (bytes: Buffer): Promise<number> => {
    const rates: number[] = []
    for (let round = 0; round < 5; round++) {
      const startedAt = performance.now()
      await connection.send(bytes)
      rates.push(largeBytes / 1e6 / ((performance.now() - startedAt) / 1000))
      peak = Math.max(peak, usageOf(server.processId).residentBytes)
    }
    return rates.sort((a, b) => a - b)[2] as number
  }
  const putRate = await timed(put)
  const getRate = await timed(get)
  connection.close()
  return [
    { name: 'PUT 64 MiB', value: putRate, unit: 'MB/s', isRate: true },
    { name: 'GET 64 MiB', value: getRate, unit: 'MB/s', isRate: true },
    { name: 'memory growth', value: (peak - before) / 2 ** 20, unit: 'MiB', isRate: false },
  ]
}

/** Listing 5,000 keys page by page, the first time and then (median of five). */
export async function measureListing(server: RunningServer): Promise<Figure[]> {
  const keys = 5000
  await sendLoad(server.port, connections, {
    count: keys,
    make: index =>
      requestBytes(
        'PUT',
        `/listing/datos/2026/parte-${String(index).padStart(5, '0')}.csv`,
        Buffer.from('x'),
      ),
  })
  const connection = openConnection(server.port)
  const first = await listAll(connection)
  const times = [first]
  for (let round = 0; round < 5; round++) times.push(await listAll(connection))
  connection.close()
  const median = times.slice(1).sort((a, b) => a - b)[2] as number
  return [
    { name: 'list 5,000 keys, first', value: first, unit: 'ms', isRate: false },
    { name: 'list 5,000 keys', value: median, unit: 'ms', isRate: false },
  ]
}

async function listAll(connection: ReturnType<typeof openConnection>): Promise<number> {
  const startedAt = performance.now()
  let token = ''
  do {
    const { text } = await connection.send(requestBytes('GET', `/listing?list-type=2${token}`))
    const next = /<NextContinuationToken>([^<]+)</.exec(text)?.[1]
    token = next === undefined ? '' : `&continuation-token=${encodeURIComponent(next)}`
  } while (token !== '')
  return performance.now() - startedAt
}
