// Temporary: lets a module's author try its checks before the commands exist.
// npx tsx src/course/try.ts 9.2.1 [solution|starter|path/to/file.ts] [endpoint]
import { existsSync, readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { connectionFor } from './account.ts'
import type { Exercise } from './exercise.ts'
import { type ExerciseOfModule, locateExercise } from './exercise-files.ts'
import { gradeExercise } from './grader.ts'

process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true'
const [id = '', which = 'solution', endpointArgument] = process.argv.slice(2)
const repository = resolve(import.meta.dirname, '../..')
const found = (await findExercises()).find(({ exercise }) => exercise.id === id || exercise.slug === id)
if (found === undefined) throw new Error(`no exercise ${id}`)
const path =
  which === 'solution'
    ? locateExercise(repository, 'solutions', found)
    : which === 'starter'
      ? locateExercise(repository, 'exercises', found)
      : resolve(which)

/** Reads every modules/<folder>/checks/<slug>.ts, so that a module needs no manifest yet. */
async function findExercises(): Promise<ExerciseOfModule[]> {
  const exercises: ExerciseOfModule[] = []
  for (const folder of readdirSync(join(repository, 'modules'))) {
    const checks = join(repository, 'modules', folder, 'checks')
    if (!existsSync(checks)) continue
    for (const file of readdirSync(checks).filter(name => name.endsWith('.ts'))) {
      for (const value of Object.values(await import(pathToFileURL(join(checks, file)).href))) {
        if (!isExercise(value)) continue
        exercises.push({ module: { id: folder, folder, title: folder, exercises: [value] }, exercise: value })
      }
    }
  }
  return exercises
}

function isExercise(value: unknown): value is Exercise {
  return typeof value === 'object' && value !== null && 'slug' in value && 'checks' in value
}

async function startCloud() {
  if (endpointArgument !== undefined) return { endpoint: endpointArgument, close: async () => undefined }
  const specifier = '../local-cloud.ts'
  const { startLocalCloud } = await import(specifier)
  const token = 'try'
  const cloud = await startLocalCloud({ port: 0, controlToken: token })
  return { endpoint: cloud.url, control: { url: `${cloud.url}/_taller`, token }, close: () => cloud.close() }
}

const seed = Number(process.env.SEED ?? Math.floor(Math.random() * 100_000))
const cloud = await startCloud()
const result = await gradeExercise({
  ...found,
  repository,
  source: { path },
  target: 'embedded',
  cloud,
  connection: connectionFor(cloud, seed),
  seed,
  onCheck: ({ check, finding, earned, durationMilliseconds }) => {
    const { verdict, expected, found: seen, tryIt } = finding
    process.stdout.write(
      `${verdict.padEnd(8)} ${check.id}: ${check.title} ${earned}/${check.points} (${durationMilliseconds} ms)\n`,
    )
    for (const [label, text] of Object.entries({
      esperado: expected,
      encontrado: seen,
      compruébalo: tryIt,
    })) {
      if (text !== undefined) process.stdout.write(`    ${label} ${text}\n`)
    }
  },
})
if (result.output.text !== '') process.stdout.write(`${result.output.text.replace(/^/gm, '│ ')}\n`)
process.stdout.write(
  `${result.earned}/${result.possible} · seed ${seed} · ${result.durationMilliseconds} ms\n`,
)
await cloud.close()
