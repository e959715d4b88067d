import { describe, expect, it } from 'vitest'
import type { ExerciseResult } from '../../src/course/report.ts'
import { firstFailure } from '../../src/course/report.ts'
import { applyPatch, exercises, gradeAlone, listFailures, misconceptionsOf } from './course-run.ts'

describe.each(exercises)('misconceptions of $name', ({ name, ...which }) => {
  const misconceptions = misconceptionsOf(which)
  const vectors = new Map<string, string>()

  it.concurrent.each(misconceptions)(
    '$id is caught first by $caughtBy',
    { timeout: 300_000 },
    async misconception => {
      const result = await gradeAlone(which, applyPatch(misconception, which))
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
    await expect(text).toMatchFileSnapshot(`__snapshots__/${name.replace(' ', '-')}.txt`)
  })
})

function describeVector({ checks, earned, possible }: ExerciseResult): string {
  const lines = checks.map(({ check, finding }) => `  ${finding.verdict.padEnd(8)} ${check.id}`)
  return [...lines, `  ${earned}/${possible}`].join('\n')
}
