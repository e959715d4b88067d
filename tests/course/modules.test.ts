import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { courseMisconceptions, courseModules } from '../../modules/index.ts'
import { totalPoints } from '../../src/course/exercise.ts'
import { exercisePath } from '../../src/course/exercise-files.ts'
import { deriveAll } from '../../src/course/starters/derive.ts'
import { findRegions } from '../../src/course/starters/regions.ts'
import { applyPatch, exercises, listAlternatives, misconceptionsOf, readSolution } from './course-run.ts'
import { repository } from './student-run.ts'

const kebabCase = /^[a-z0-9]+(-[a-z0-9]+)*$/

function repeated(names: readonly string[]): string[] {
  return names.filter((name, index) => names.indexOf(name) !== index)
}

describe('the course', () => {
  it('has modules, each worth 100 points', () => {
    expect(courseModules.length).toBeGreaterThan(0)
    const points = courseModules.map(({ id, exercises: parts }) => [
      id,
      parts.reduce((sum, part) => sum + totalPoints(part), 0),
    ])
    expect(points).toEqual(courseModules.map(({ id }) => [id, 100]))
  })

  it('has no name twice', () => {
    expect(repeated(courseModules.map(({ id }) => id))).toEqual([])
    expect(repeated(exercises.map(({ exercise }) => exercise.id))).toEqual([])
    expect(repeated(exercises.map(({ exercise }) => exercise.slug))).toEqual([])
  })

  it('names its folders and exercises in ASCII, after their module', () => {
    for (const { module, exercise } of exercises) {
      expect(module.id).toMatch(/^\d+\.\d+$/)
      expect(module.folder).toMatch(new RegExp(`^${module.id.replace('.', '\\.')}-[a-z0-9-]+$`))
      expect(exercise.id.startsWith(`${module.id}.`), exercise.id).toBe(true)
      expect(exercise.slug).toMatch(kebabCase)
    }
  })

  it('has a lesson for each module', () => {
    for (const { folder } of courseModules) {
      expect(existsSync(join(repository, 'modules', folder, 'README.md')), folder).toBe(true)
    }
  })

  it('derives every starter from its solution: exercises/ is what derivation gives', async () => {
    const derivations = await deriveAll({ repository, modules: courseModules, mode: 'check' })
    expect(derivations.filter(({ state }) => state !== 'equal')).toEqual([])
    expect(derivations).toHaveLength(exercises.length)
  })

  it('proves the misconceptions of every exercise in a file of its own', () => {
    const files = readdirSync(join(import.meta.dirname, 'misconceptions')).filter(name =>
      name.endsWith('.test.ts'),
    )
    expect(files.sort()).toEqual(exercises.map(({ exercise }) => `${exercise.id}.test.ts`).sort())
  })

  it('names misconceptions of exercises that exist', () => {
    const ids = new Set(exercises.map(({ exercise }) => exercise.id))
    expect(courseMisconceptions.filter(({ exercise }) => !ids.has(exercise))).toEqual([])
  })
})

describe.each(exercises)('$name', which => {
  const { exercise } = which
  const { checks } = exercise

  it('says what is learnt, and its inputs exist', () => {
    expect(exercise.title.trim()).not.toBe('')
    expect(exercise.learned.trim()).not.toBe('')
    for (const input of exercise.inputs ?? []) expect(existsSync(join(repository, input)), input).toBe(true)
  })

  it('has checks with ids in ASCII, short titles and whole points, each named once', () => {
    expect(checks.length).toBeGreaterThan(0)
    expect(repeated(checks.map(({ id }) => id))).toEqual([])
    for (const { id, title, points } of checks) {
      expect(id).toMatch(kebabCase)
      expect(title.trim(), id).toBe(title)
      expect(title.length, `${id}: ${title}`).toBeGreaterThan(0)
      expect(title.length, `${id}: ${title}`).toBeLessThanOrEqual(60)
      expect(Number.isInteger(points) && points > 0, id).toBe(true)
    }
  })

  it('has checks that need only what comes before them', () => {
    for (const [index, { id, needs = [] }] of checks.entries()) {
      const before = checks.slice(0, index).map(check => check.id)
      expect(
        needs.filter(need => !before.includes(need)),
        id,
      ).toEqual([])
    }
  })

  it('has three hints for each check: a question first, and no line of the solution before the third', () => {
    const lines = solutionLines(readSolution(which))
    for (const { id, hints } of checks) {
      expect(hints, id).toHaveLength(3)
      for (const hint of hints) expect(hint.trim(), id).not.toBe('')
      expect(repeated(hints), id).toEqual([])
      expect(hints[0], id).toMatch(/¿[^?]+\?/)
      for (const hint of hints.slice(0, 2)) {
        const flat = flatten(hint)
        expect(
          lines.filter(line => flat.includes(line)),
          `${id}: ${hint}`,
        ).toEqual([])
      }
    }
  })

  it('has at least two alternatives, and at least five misconceptions named in ASCII', () => {
    expect(listAlternatives(which).length).toBeGreaterThanOrEqual(2)
    const misconceptions = misconceptionsOf(which)
    expect(misconceptions.length).toBeGreaterThanOrEqual(5)
    expect(repeated(misconceptions.map(({ id }) => id))).toEqual([])
    for (const { id, belief } of misconceptions) {
      expect(id).toMatch(kebabCase)
      expect(belief.trim(), id).not.toBe('')
    }
  })

  it('has misconceptions that change the solution in one place each, and name a check', () => {
    const solution = readSolution(which)
    const ids = checks.map(({ id }) => id)
    for (const misconception of misconceptionsOf(which)) {
      const { id, caughtBy, patch } = misconception
      expect(ids, id).toContain(caughtBy)
      expect(patch.length, id).toBeGreaterThan(0)
      expect(() => applyPatch(misconception, which), id).not.toThrow()
      expect(applyPatch(misconception, which).text, id).not.toBe(solution)
    }
  })

  it('has a starter that says what is missing and where', () => {
    const { regions } = findRegions(readSolution(which))
    const starter = readFileSync(join(repository, exercisePath('exercises', which)), 'utf8')
    for (const { functionName } of regions)
      expect(starter).toContain(`throw new Error('Falta escribir ${functionName}')`)
    expect(starter).not.toMatch(/#region|#endregion/)
  })
})

/** What a student has to write, line by line; a line of a few signs says nothing. */
function solutionLines(solution: string): string[] {
  const minimumCharacters = 16
  const lines = solution.split('\n')
  return findRegions(solution)
    .regions.flatMap(({ firstLine, lastLine }) => lines.slice(firstLine, lastLine - 1))
    .filter(line => !/^\s*\/\//.test(line))
    .map(flatten)
    .filter(line => line.length >= minimumCharacters)
}

function flatten(text: string): string {
  return text.replace(/\s+/g, ' ').trim()
}
