import { setTimeout as delay } from 'node:timers/promises'
import { CreateLogGroupCommand, CreateLogStreamCommand } from '@aws-sdk/client-cloudwatch-logs'
import { waitUntilFunctionActiveV2 } from '@aws-sdk/client-lambda'
import { CreateBucketCommand, PutBucketVersioningCommand } from '@aws-sdk/client-s3'
import { expect, test } from 'vitest'
import { isUnanswered } from '../../../src/cli/functions/function-cloud.ts'
import { createRandom, type Random } from '../../../src/core/random.ts'
import { logGroup, nextAct, versionedBucket } from './acts.ts'
import type { Clients } from './clients.ts'
import { type CloudProcess, useCloudFolder } from './cloud-process.ts'
import { createWriter, differenceOf, type Writer } from './holdings.ts'
import { readBack } from './read-back.ts'

/** `TALLER_KILL_ROUNDS=20` is the whole proof; the ordinary run has fewer rounds of it. */
const rounds = Number(process.env.TALLER_KILL_ROUNDS ?? 2)
const writerCount = 16
const writesPerRound = 1000

const folder = useCloudFolder()

test(`nothing acknowledged is lost and nothing half-written is seen, ${rounds} kills on one folder`, {
  timeout: 60_000 + rounds * 60_000,
}, async () => {
  const seed = Number(process.env.TALLER_KILL_SEED ?? Math.floor(Math.random() * 2 ** 32))
  const random = createRandom(seed)
  const writers = Array.from({ length: writerCount }, (_, index) => {
    const name = `escritor-${String(index).padStart(2, '0')}`
    return createWriter(name, random.fork(name))
  })
  let cloud = await folder.start()
  await prepare(writers, cloud)
  for (let round = 1; round <= rounds; round++) {
    const where = `seed ${seed}, round ${round}`
    const acknowledged = await writeUntilKilled(writers, cloud, random)
    cloud = await folder.start()
    await compare(writers, cloud, where)
    await write(writers, cloud, writesPerRound - acknowledged)
  }
  expect(await cloud.stop()).toMatchObject({ exitCode: 0, stderr: '' })
  cloud = await folder.start()
  await compare(writers, cloud, `seed ${seed}, after a clean end`)
  for (const writer of writers) await waitForFunctions(writer, cloud)
  // What was replaced or deleted is no longer on the disk either.
  const blobs = (await folder.files()).filter(path => path.startsWith('blobs'))
  expect(blobs.length).toBeLessThanOrEqual(writers.reduce((sum, writer) => sum + countBodies(writer), 0))
})

async function prepare(writers: readonly Writer[], { s3, logs }: Clients): Promise<void> {
  await logs.send(new CreateLogGroupCommand({ logGroupName: logGroup }))
  for (const writer of writers) {
    const Bucket = versionedBucket(writer)
    await s3.send(new CreateBucketCommand({ Bucket: writer.name }))
    await s3.send(new CreateBucketCommand({ Bucket }))
    const VersioningConfiguration = { Status: 'Enabled' } as const
    await s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration }))
    await logs.send(new CreateLogStreamCommand({ logGroupName: logGroup, logStreamName: writer.name }))
  }
}

/** Kills the cloud at a random moment in the middle of the round; gives how many writes were acknowledged. */
async function writeUntilKilled(
  writers: readonly Writer[],
  cloud: CloudProcess,
  random: Random,
): Promise<number> {
  const killAfter = random.integer(writesPerRound / 10, (writesPerRound * 9) / 10)
  const patience = random.next() * 5
  let acknowledged = 0
  let killing: Promise<unknown> | undefined
  const onAcknowledged = (): void => {
    acknowledged += 1
    if (acknowledged === killAfter) killing = delay(patience).then(cloud.kill)
  }
  const endings = await Promise.allSettled(
    writers.map(writer => keepWriting(writer, cloud, { onAcknowledged, mayGoOn: () => true })),
  )
  await killing
  for (const ending of endings) {
    if (ending.status === 'rejected' && !isUnanswered(ending.reason)) throw ending.reason
  }
  const { command } = cloud
  expect(command.process.signalCode, command.output().slice(-2000)).toBe('SIGKILL')
  return acknowledged
}

/** Writes until `count` more writes are acknowledged. */
async function write(writers: readonly Writer[], clients: Clients, count: number): Promise<void> {
  let sent = 0
  const turn = { onAcknowledged: () => undefined, mayGoOn: () => sent++ < count }
  await Promise.all(writers.map(writer => keepWriting(writer, clients, turn)))
}

interface Turn {
  onAcknowledged(): void
  mayGoOn(): boolean
}

async function keepWriting(
  writer: Writer,
  clients: Clients,
  { onAcknowledged, mayGoOn }: Turn,
): Promise<void> {
  while (mayGoOn()) {
    const act = nextAct(writer)
    writer.pending = act
    await act.call(clients)
    act.apply(writer.holdings)
    writer.pending = undefined
    onAcknowledged()
  }
}

/** Reads everything back; what was under way at the kill has happened or not. */
async function compare(writers: readonly Writer[], clients: Clients, where: string): Promise<void> {
  for (const writer of writers) {
    const found = await readBack(writer, clients)
    const difference = differenceOf(writer, found)
    const pending = writer.pending?.name ?? 'nothing'
    if (difference)
      expect(found, `${writer.name}, ${pending} under way, ${where}`).toEqual(difference.acknowledged)
    writer.holdings = found
    writer.pending = undefined
  }
}

async function waitForFunctions({ holdings }: Writer, { lambda }: Clients): Promise<void> {
  for (const FunctionName of Object.keys(holdings.functions)) {
    await waitUntilFunctionActiveV2({ client: lambda, maxWaitTime: 30, minDelay: 0.05 }, { FunctionName })
  }
}

/** The most files that what a writer owns can need: one for each body, each part, and each function's code. */
function countBodies({ holdings }: Writer): number {
  const { objects, uploads, versions, functions } = holdings
  const parts = Object.values(uploads).flatMap(parts => Object.keys(parts))
  const written = Object.values(versions).flatMap(({ eTags }) => eTags)
  // An object of parts has at most two.
  return Object.keys(objects).length * 2 + parts.length + written.length + Object.keys(functions).length
}
