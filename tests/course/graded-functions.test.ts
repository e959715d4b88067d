import { readFileSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { connectionFor } from '../../src/course/account.ts'
import { type Check, pass } from '../../src/course/check.ts'
import { exercisePath } from '../../src/course/exercise-files.ts'
import { gradeExercise } from '../../src/course/grader.ts'
import type { Invocation } from '../../src/course/lab.ts'
import { explainInvocation } from '../../src/course/lambda/invocation.ts'
import { type LocalCloud, startLocalCloud } from '../../src/local-cloud.ts'
import { check, exerciseWith } from './small-course.ts'
import { repository, writeFolder } from './student-run.ts'

let cloud: LocalCloud
beforeAll(async () => {
  cloud = await startLocalCloud({ port: 0, containment: 'contained' })
})
afterAll(() => cloud.close())

let lastSeed = 0

/** Grades a function whose folder holds `files`. */
async function gradeFunction(files: Readonly<Record<string, string>>, look: Check['run'], link?: string) {
  const { folder, remove } = writeFolder(files)
  if (link !== undefined) symlinkSync(link, join(folder, 'enlace.ts'))
  const seed = ++lastSeed
  const running = { endpoint: cloud.url, close: async () => undefined }
  try {
    return await gradeExercise({
      ...exerciseWith([check('mira', look)], { kind: 'function', slug: 'funcion' }),
      repository,
      source: { path: join(folder, 'index.ts') },
      target: 'embedded',
      cloud: running,
      connection: connectionFor(running, seed),
      seed,
    })
  } finally {
    remove()
  }
}

/** Deploys the function, invokes it once, and keeps what it answered. */
async function answerOf(
  files: Readonly<Record<string, string>>,
  event: unknown,
): Promise<Invocation<unknown> | undefined> {
  let answer: Invocation<unknown> | undefined
  await gradeFunction(files, async ({ functions }) => {
    const deployment = await functions.deploy({ timeoutSeconds: 2, memoryMegabytes: 160 })
    if (deployment.kind === 'deployed') answer = await functions.invoke(deployment.name, event)
    return pass
  })
  return answer
}

describe('a function that is graded', () => {
  it('has its file in lambdas/, and its solution in solutions/lambdas/', () => {
    const which = exerciseWith([], { kind: 'function', slug: 'funcion' })
    expect(exercisePath('exercises', which)).toBe('lambdas/funcion/index.ts')
    expect(exercisePath('solutions', which)).toBe('solutions/lambdas/funcion/index.ts')
  })

  it('is bundled with the files beside it and invoked: its value, its log, and the request', async () => {
    const files = {
      'index.ts': `import { doble } from './lib/doble.ts'
export async function handler({ n }: { n: number }, contexto: { awsRequestId: string; memoryLimitInMB: string }) {
  console.log('el doble de', n)
  return [doble(n), contexto.awsRequestId, contexto.memoryLimitInMB]
}
`,
      'lib/doble.ts': 'export const doble = (n: number): number => n * 2\n',
    }
    const answer = await answerOf(files, { n: 21 })
    expect(answer).toMatchObject({
      kind: 'value',
      value: [42, answer?.requestId, '160'],
      log: expect.stringContaining('el doble de 21'),
    })
  })

  it('says in which of its lines it threw', async () => {
    const files = { 'index.ts': "export const handler = () => {\n  throw new RangeError('aquí')\n}\n" }
    expect(await answerOf(files, {})).toMatchObject({
      kind: 'error',
      name: 'RangeError',
      message: 'aquí',
      where: 'index.ts:2',
    })
  })

  it('times out, and ends, as what happened', async () => {
    const endless = {
      'index.ts': 'export const handler = () => new Promise(() => setInterval(() => 1, 1000))\n',
    }
    expect(await answerOf(endless, {})).toMatchObject({ kind: 'timeout', seconds: 2 })
    const ending = { 'index.ts': 'export const handler = () => process.exit(3)\n' }
    expect(await answerOf(ending, {})).toMatchObject({
      kind: 'crash',
      message: expect.stringContaining('exit status 3'),
    })
  })

  it('is a crash with its place where it does not compile, and where it is not there', async () => {
    const broken = await gradeFunction(
      { 'index.ts': 'export const handler = (\n' },
      async ({ functions }) => {
        const deployment = await functions.deploy()
        expect(deployment).toMatchObject({ kind: 'crash', message: expect.stringContaining('no compila') })
        return pass
      },
    )
    expect(broken.checks[0]?.finding).toEqual(pass)
    const absent = await gradeFunction({ 'otro.ts': '' }, async ({ functions }) => {
      expect(await functions.deploy()).toMatchObject({ kind: 'crash', message: /no existe lambdas\/funcion/ })
      return pass
    })
    expect(absent.checks[0]?.finding).toEqual(pass)
  })

  it('takes nothing from where a link beside it leads', async () => {
    const files = {
      'index.ts': "import { repository } from './enlace.ts'\nexport const handler = () => repository\n",
    }
    const result = await gradeFunction(
      files,
      async ({ functions }) => {
        expect(await functions.deploy()).toMatchObject({ kind: 'crash', message: /enlace/ })
        return pass
      },
      join(repository, 'tests/course/student-run.ts'),
    )
    expect(result.checks[0]?.finding).toEqual(pass)
  })

  it('is deployed once for all who ask for the same', async () => {
    await gradeFunction({ 'index.ts': 'export const handler = () => 1\n' }, async ({ functions }) => {
      const [one, same, other] = await Promise.all([
        functions.deploy({ timeoutSeconds: 5 }),
        functions.deploy({ timeoutSeconds: 5 }),
        functions.deploy({ timeoutSeconds: 6 }),
      ])
      expect(one).toEqual(same)
      expect(one).not.toEqual(other)
      return pass
    })
  })
})

describe("the functions of an exercise's run", () => {
  it('are copied into it, as who is graded has them', async () => {
    const seed = ++lastSeed
    const running = { endpoint: cloud.url, close: async () => undefined }
    const { folder, remove } = writeFolder({ 'ejercicio.ts': 'export const nada = 1\n' })
    const seen: (string | undefined)[] = []
    const look: Check['run'] = async lab => {
      seen.push((await lab.readFile('lambdas/anatomia/index.ts'))?.toString())
      return pass
    }
    for (const functionsOf of ['exercises', 'solutions'] as const) {
      await gradeExercise({
        ...exerciseWith([check('mira', look)], { functions: ['anatomia'] }),
        repository,
        source: { path: join(folder, 'ejercicio.ts') },
        functionsOf,
        target: 'embedded',
        cloud: running,
        connection: connectionFor(running, seed),
        seed,
      })
    }
    remove()
    expect(seen).toEqual(
      ['lambdas/anatomia/index.ts', 'solutions/lambdas/anatomia/index.ts'].map(path =>
        readFileSync(join(repository, path), 'utf8'),
      ),
    )
  })
})

describe('an answer of Lambda', () => {
  const failed = (error: unknown) =>
    explainInvocation({
      functionError: 'Unhandled',
      payload: Buffer.from(JSON.stringify(error)),
      durationMilliseconds: 1,
      findPlace: () => undefined,
    })

  it.each([
    [
      {
        errorType: 'Sandbox.Timedout',
        errorMessage: 'RequestId: a Error: Task timed out after 3.00 seconds',
      },
      'timeout',
    ],
    [{ errorMessage: '2026-11-25T10:00:00.000Z a Task timed out after 3.00 seconds' }, 'timeout'],
    [{ errorType: 'Runtime.OutOfMemory', errorMessage: 'x' }, 'crash'],
    [{ errorType: 'Runtime.ImportModuleError', errorMessage: "Error: Cannot find module 'index'" }, 'crash'],
    [{ errorType: 'Error', errorMessage: 'mal', trace: ['Error: mal'] }, 'error'],
    [null, 'error'],
  ])('%j is a %s', (error, kind) => {
    expect(failed(error).kind).toBe(kind)
  })

  it('that is nothing, or no JSON, says so', () => {
    const answered = (text: string) =>
      explainInvocation({
        functionError: undefined,
        payload: Buffer.from(text),
        durationMilliseconds: 1,
        findPlace: () => undefined,
      })
    expect(answered('')).toMatchObject({ kind: 'value', value: null })
    expect(answered('<xml>')).toMatchObject({ kind: 'crash' })
  })
})
