import { describe, expect, it } from 'vitest'
import type { ExerciseResult } from '../../../src/course/report.ts'
import { firstFailure } from '../../../src/course/report.ts'
import { applyPatch, exercises, gradeAlone, listFailures, misconceptionsOf } from '../course-run.ts'

/** Gradings at a time in one file: most of a grading is work, not waiting. */
const concurrency = 3

/**
 * Proves that every misconception of an exercise is refused first by the check that it names, and that its whole
 * vector of verdicts is the one in `tests/course/__snapshots__/<id>-<slug>.txt`. One test file for each exercise, so
 * that they run side by side.
 */
export function proveMisconceptions(exerciseId: string): void {
  const which = exercises.find(({ exercise }) => exercise.id === exerciseId)
  if (which === undefined) throw new Error(`there is no exercise ${exerciseId}`)
  const misconceptions = misconceptionsOf(which)
  const vectors = new Map<string, string>()
  const inTurn = createTurns(concurrency)

  describe(`misconceptions of ${which.name}`, () => {
    it.concurrent.each(misconceptions)(
      '$id is caught first by $caughtBy',
      { timeout: 600_000 },
      async misconception => {
        const result = await inTurn(() => gradeAlone(which, applyPatch(misconception, which)))
        vectors.set(misconception.id, describeVector(result))
        expect(firstFailure(result)?.check.id, listFailures(result).join('\n')).toBe(misconception.caughtBy)
        const verdicts = result.checks.map(({ finding }) => finding.verdict)
        expect(verdicts.filter(verdict => verdict === 'bug' || verdict === 'environment')).toEqual([])
      },
    )

    it('have the verdicts that were seen before, check by check', async () => {
      const text = misconceptions
        .map(({ id, belief }) => `${id}: «${belief}»\n${vectors.get(id) ?? '  (no corrió)'}\n`)
        .join('\n')
      await expect(text).toMatchFileSnapshot(`../__snapshots__/${which.name.replace(' ', '-')}.txt`)
    })
  })
}

function describeVector({ checks, earned, possible }: ExerciseResult): string {
  const lines = checks.map(({ check, finding }) => `  ${finding.verdict.padEnd(8)} ${check.id}`)
  return [...lines, `  ${earned}/${possible}`].join('\n')
}

/** Lets at most `limit` works run at a time. */
function createTurns(limit: number): <Result>(work: () => Promise<Result>) => Promise<Result> {
  const waiting: (() => void)[] = []
  let running = 0
  return async work => {
    if (running >= limit) await new Promise<void>(resolve => waiting.push(resolve))
    else running++
    try {
      return await work()
    } finally {
      const next = waiting.shift()
      if (next === undefined) running--
      else next()
    }
  }
}
