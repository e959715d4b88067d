import { existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { UserError } from '../../src/core/user-error.ts'
import { fail, pass } from '../../src/course/check.ts'
import type { RunningCloud, StartCloud } from '../../src/course/cloud.ts'
import {
  chooseSeed,
  type GradeCourseOptions,
  type GradeProgress,
  gradeCourse,
} from '../../src/course/course-grader.ts'
import type { ExerciseOfModule } from '../../src/course/exercise-files.ts'
import type { Connection } from '../../src/course/lab.ts'
import { attachLocalStack } from '../../src/course/localstack.ts'
import { isPassed } from '../../src/course/report.ts'
import { check, exerciseWith, startSilentCloud } from './small-course.ts'
import { repository, writeFolder } from './student-run.ts'

/** A repository with two exercises and the packages of this one. */
const course = writeFolder({
  'exercises/9.0-prueba/uno.ts': "export const f = () => {\n  throw new Error('Falta escribir f')\n}\n",
  'exercises/9.0-prueba/dos.ts': 'export const f = () => 2\n',
  'solutions/9.0-prueba/uno.ts': 'export const f = () => 1\n',
  'solutions/9.0-prueba/dos.ts': 'export const f = () => 2\n',
})
beforeAll(() => symlinkSync(join(repository, 'node_modules'), join(course.folder, 'node_modules')))
afterAll(course.remove)

function exercise(id: string, slug: string, value: number): ExerciseOfModule {
  const answers = check('responde', async lab => {
    const claim = await lab.student.call<number>('f', [])
    return claim.kind === 'value' && claim.value === value ? pass : fail({ found: claim.kind })
  })
  return exerciseWith([answers, check('siempre', async () => pass, { needs: ['responde'] })], { id, slug })
}
const selection = [exercise('9.0.1', 'uno', 1), exercise('9.0.2', 'dos', 2)]

function options(more: Partial<GradeCourseOptions> = {}): GradeCourseOptions {
  return {
    repository: course.folder,
    selection,
    source: 'exercises',
    target: 'embedded',
    seed: 48213,
    startCloud: startSilentCloud,
    ...more,
  }
}

describe('a grading run', () => {
  it('gives every exercise in order, with the points of whose files were asked for', async () => {
    const ofStudent = await gradeCourse(options())
    expect(ofStudent.exercises.map(({ exercise: { slug }, earned, file }) => [slug, earned, file])).toEqual([
      ['uno', 0, 'exercises/9.0-prueba/uno.ts'],
      ['dos', 2, 'exercises/9.0-prueba/dos.ts'],
    ])
    const reference = await gradeCourse(options({ source: 'solutions' }))
    expect(reference.exercises.map(isPassed)).toEqual([true, true])
    expect(reference).toMatchObject({ seed: 48213, target: 'embedded', source: 'solutions' })
  })

  it('starts a cloud for each exercise, at most two at a time, and closes them all', async () => {
    let running = 0
    let most = 0
    let started = 0
    const startCloud: StartCloud = async () => {
      const cloud = await startSilentCloud()
      started++
      most = Math.max(most, ++running)
      return {
        ...cloud,
        close: async () => {
          running--
          await cloud.close()
        },
      }
    }
    const many = [1, 2, 3, 4].map(n => exercise(`9.0.${n}`, 'dos', 2))
    const report = await gradeCourse(options({ selection: many, startCloud }))
    expect(report.exercises.map(({ exercise: { id } }) => id)).toEqual(many.map(({ exercise: { id } }) => id))
    expect({ started, most, running }).toEqual({ started: 4, most: 2, running: 0 })
  })

  it('uses an account that follows from the seed, unless the cloud brings its own', async () => {
    const connections: Connection[] = []
    const look = exerciseWith(
      [
        check('mira', async ({ connection }) => {
          connections.push(connection)
          return pass
        }),
      ],
      { slug: 'dos' },
    )
    const own: StartCloud = async () => ({ ...(await startSilentCloud()), accountId: '210987654321' })
    for (const more of [{ seed: 1 }, { seed: 1 }, { seed: 2 }, { startCloud: own }]) {
      await gradeCourse(options({ selection: [look], ...more }))
    }
    const [first, again, other, brought] = connections.map(({ accountId }) => accountId)
    expect(first).toMatch(/^[1-9]\d{11}$/)
    expect(again).toBe(first)
    expect(other).not.toBe(first)
    expect(brought).toBe('210987654321')
    expect(connections[0]).toMatchObject({ accessKeyId: first, region: 'us-east-1' })
  })

  it('tells what happens while it runs', async () => {
    const seen: GradeProgress[] = []
    await gradeCourse(options({ concurrency: 1, onProgress: progress => seen.push(progress) }))
    expect(
      seen.map(event => [event.which.exercise.slug, event.kind, event.kind === 'checked' ? event.done : 0]),
    ).toEqual([
      ['uno', 'started', 0],
      ['uno', 'checked', 1],
      ['uno', 'checked', 2],
      ['uno', 'finished', 0],
      ['dos', 'started', 0],
      ['dos', 'checked', 1],
      ['dos', 'checked', 2],
      ['dos', 'finished', 0],
    ])
  })

  it('keeps the cloud of an exercise that did not pass, and of no other', async () => {
    const evidenceFolder = join(course.folder, 'evidencia')
    const startCloud: StartCloud = async () => ({
      ...(await startSilentCloud()),
      saveSnapshot: async folder => {
        mkdirSync(folder, { recursive: true })
        writeFileSync(join(folder, 'foto'), '')
      },
    })
    await gradeCourse(options({ startCloud, evidenceFolder }))
    expect(existsSync(join(evidenceFolder, '9.0.1/foto'))).toBe(true)
    expect(existsSync(join(evidenceFolder, '9.0.2'))).toBe(false)
  })

  it('goes on when an exercise breaks the grader, and that one is a bug of ours', async () => {
    const broken = exerciseWith([check('a', async () => pass, { needs: ['no-existe'] })], { slug: 'uno' })
    const report = await gradeCourse(options({ selection: [broken, ...selection.slice(1)] }))
    expect(report.exercises.map(({ checks }) => checks[0]?.finding.verdict)).toEqual(['bug', 'pass'])
    expect(report.exercises[0]).toMatchObject({ earned: 0, possible: 1 })
  })

  it('says how to get a file back that is gone', async () => {
    const gone = exercise('9.0.3', 'tres', 3)
    const report = await gradeCourse(options({ selection: [gone] }))
    expect(report.exercises[0]).toMatchObject({
      earned: 0,
      possible: 2,
      file: 'exercises/9.0-prueba/tres.ts',
    })
  })

  it('is refused without exercises, and ends when there is no cloud', async () => {
    await expect(gradeCourse(options({ selection: [] }))).rejects.toThrow('nothing to grade')
    const noCloud = new UserError({ code: 'no-cloud', message: 'no', nextStep: 'x', exitCode: 3 })
    const startCloud = (): Promise<RunningCloud> => Promise.reject(noCloud)
    await expect(gradeCourse(options({ startCloud }))).rejects.toBe(noCloud)
  })
})

it('chooses seeds that are short to type', () => {
  for (let count = 0; count < 50; count++) expect(String(chooseSeed())).toMatch(/^\d{5}$/)
})

describe('LocalStack as target', () => {
  it('is attached when its health answers, with a new account for each exercise', async () => {
    const running = await startSilentCloud()
    const startCloud = await attachLocalStack(running.endpoint)
    const accounts = (await Promise.all([startCloud(), startCloud()])).map(({ accountId }) => accountId)
    expect(new Set(accounts).size).toBe(2)
    for (const account of accounts) expect(account).toMatch(/^[1-9]\d{11}$/)
    await running.close()
  })

  it('is an error for people, exit 3, when nothing answers or something else does', async () => {
    const gone = await startSilentCloud()
    await gone.close()
    await expect(attachLocalStack(gone.endpoint)).rejects.toMatchObject({
      name: 'UserError',
      code: 'no-cloud',
      exitCode: 3,
      message: expect.stringContaining(gone.endpoint),
      nextStep: expect.stringContaining('docker compose'),
    })
    const { createServer } = await import('node:http')
    const other = createServer((_request, response) => response.writeHead(404).end())
    await new Promise<void>(resolve => other.listen(0, '127.0.0.1', resolve))
    const address = other.address()
    if (address === null || typeof address === 'string') throw new Error('no port')
    await expect(attachLocalStack(`http://127.0.0.1:${address.port}`)).rejects.toMatchObject({
      code: 'no-cloud',
      message: expect.stringContaining('404'),
    })
    await new Promise(resolve => other.close(resolve))
  })
})
