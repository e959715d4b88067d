import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { totalPoints } from '../../src/course/exercise.ts'
import { exercisePath } from '../../src/course/exercise-files.ts'
import { isPassed } from '../../src/course/report.ts'
import { exercises, gradeAlone, listAlternatives, listFailures } from './course-run.ts'
import { repository } from './student-run.ts'

const rightFiles = exercises.flatMap(which =>
  [exercisePath('solutions', which), ...listAlternatives(which)].map(file => ({ ...which, file })),
)

describe('full marks for every right solution:', () => {
  it.concurrent.each(rightFiles)('$file', { timeout: 240_000 }, async ({ file, ...which }) => {
    const result = await gradeAlone(which, { path: join(repository, file) })
    expect(listFailures(result)).toEqual([])
    expect(result).toMatchObject({
      earned: totalPoints(which.exercise),
      possible: totalPoints(which.exercise),
    })
    expect(isPassed(result)).toBe(true)
  })
})
