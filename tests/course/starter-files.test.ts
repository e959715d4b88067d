import { describe, expect, it } from 'vitest'
import { locateExercise } from '../../src/course/exercise-files.ts'
import { firstFailure, isPassed } from '../../src/course/report.ts'
import { deriveStarter } from '../../src/course/starters/derive.ts'
import { exercises, gradeAlone, listFailures, readSolution } from './course-run.ts'
import { repository } from './student-run.ts'

describe('an untouched starter fails for the right reason:', () => {
  it.each(exercises)('$name', { timeout: 240_000 }, async which => {
    const path = locateExercise(repository, 'exercises', which)
    const text = deriveStarter(readSolution(which), path)
    const result = await gradeAlone(which, { path, text })
    const first = firstFailure(result)
    expect(first?.finding.found, listFailures(result).join('\n')).toMatch(/Falta escribir \w+/)
    expect(result.earned, listFailures(result).join('\n')).toBe(0)
    expect(isPassed(result)).toBe(false)
    const reasons = new Set(result.checks.map(({ finding }) => finding.verdict))
    expect([...reasons].filter(verdict => verdict !== 'fail' && verdict !== 'skipped')).toEqual([])
  })
})
