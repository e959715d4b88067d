import { execFileSync } from 'node:child_process'
import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import { measureLambda } from './lambda.ts'
import {
  type Figure,
  measureLargeObjects,
  measureListing,
  measureSmallObjects,
  prepare,
  storeObjects,
} from './measurements.ts'
import { measureCsvFunctions } from './procesar-csv.ts'
import { type Contender, contenders, type RunningServer, startServer } from './servers.ts'

/** Requests of a small-object measurement; slow peers get fewer, so that a run ends in a minute. */
const requestsOf = (name: string): number =>
  ['taller-nube', 'the same, on its disk', 'only answers'].includes(name) ? 40_000 : 2_000

async function measure(contender: Contender): Promise<Figure[]> {
  const starts: number[] = []
  for (let round = 0; round < 3; round++) {
    const trial = await startServer(contender)
    starts.push(trial.startMilliseconds)
    await trial.stop()
  }
  const start: Figure = {
    name: 'start → first answer',
    value: starts.sort((a, b) => a - b)[1] as number,
    unit: 'ms',
    isRate: false,
  }
  const server = await startServer(contender)
  try {
    const small = await onPrepared(server, () => measureSmallObjects(server, requestsOf(contender.name)))
    if (contender.name === 'only answers') return [start, ...small]
    return [
      start,
      ...small,
      ...(await measureLargeObjects(server)),
      ...(await measureListing(server)),
      ...(contender.hasLambda ? await measureLambda(server) : []),
      ...(contender.isDurable ? [await measureRestart(contender, server)] : []),
    ]
  } finally {
    await server.stop()
  }
}

/** How long the next start takes when there is much to be read: the server is killed with 100,000 objects in it. */
async function measureRestart(contender: Contender, server: RunningServer): Promise<Figure> {
  await storeObjects(server, 100_000)
  await server.kill()
  const next = await startServer(contender)
  await next.stop()
  return { name: 'start, 100,000 objects', value: next.startMilliseconds, unit: 'ms', isRate: false }
}

async function onPrepared(
  server: Parameters<typeof prepare>[0],
  action: () => Promise<Figure[]>,
): Promise<Figure[]> {
  await prepare(server)
  return action()
}

/** The functions of module 9.3, against a server of their own. */
async function measureFunctions(ours: Contender): Promise<Figure[]> {
  const server = await startServer(ours)
  try {
    return await measureCsvFunctions(server)
  } finally {
    await server.stop()
  }
}

/** The whole command that a student runs, in seconds. */
function measureCommand(): Figure {
  const root = fileURLToPath(new URL('..', import.meta.url))
  const startedAt = performance.now()
  execFileSync(process.execPath, ['bin/taller.mjs', 'exercise', '9.2', 'solution'], {
    cwd: root,
    stdio: 'ignore',
  })
  return {
    name: 'exercise 9.2 solution',
    value: (performance.now() - startedAt) / 1000,
    unit: 's',
    isRate: false,
  }
}

function print(ours: readonly Figure[], peers: ReadonlyMap<string, readonly Figure[]>): void {
  const names = ['taller-nube', ...peers.keys()]
  console.log(['figure'.padEnd(24), ...names.map(name => name.padStart(22))].join(''))
  const others = [...peers.values()].flat().filter(({ name }) => !ours.some(own => own.name === name))
  for (const figure of [...ours, ...others]) {
    const cells = names.map(name => {
      const own = name === 'taller-nube' ? ours : peers.get(name)
      const value = own?.find(each => each.name === figure.name)
      if (!value) return '—'.padStart(22)
      const ratio = value === figure ? '' : ` (×${ratioOf(figure, value).toFixed(1)})`
      return `${value.value.toFixed(value.value < 10 ? 2 : 0)} ${value.unit}${ratio}`.padStart(22)
    })
    console.log([figure.name.padEnd(24), ...cells].join(''))
  }
  console.log('\n(×n): how many times better taller-nube is than that server; below 1 it is worse.')
}

function ratioOf(ours: Figure, peer: Figure): number {
  return ours.isRate ? ours.value / peer.value : peer.value / ours.value
}

console.log(`Node ${process.version}, ${availableParallelism()} cores; the client takes one of them.\n`)
const figures = new Map<string, Figure[]>()
for (const contender of contenders) {
  if (!contender.isPresent()) {
    console.log(`${contender.name}: not installed, not measured`)
    continue
  }
  figures.set(contender.name, await measure(contender))
}
const [own] = contenders
const functions = own === undefined ? [] : await measureFunctions(own)
const ours = [...(figures.get('taller-nube') ?? []), measureCommand(), ...functions]
figures.delete('taller-nube')
print(ours, figures)
