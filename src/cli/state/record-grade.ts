import { type ExerciseResult, type GradeReport, isPassed } from '../../course/report.ts'
import { type ExerciseState, type GradedState, updateExercise } from './progress-file.ts'

/** Remembers a run over the student's own files. What the cloud or we broke is no evidence and leaves the past as it was. */
export async function recordReport(root: string, report: GradeReport): Promise<void> {
  if (report.source !== 'exercises') return
  for (const result of report.exercises) {
    if (result.checks.length === 0 || result.checks.some(isNobodysEvidence)) continue
    const graded = gradedState(result, report)
    await updateExercise(root, result.exercise.id, state => ({
      ...withoutDiffRequest(state, graded),
      graded,
    }))
  }
}

function gradedState(result: ExerciseResult, report: GradeReport): GradedState {
  return {
    fileHash: result.fileHash,
    target: report.target,
    seed: report.seed,
    gradedAt: report.startedAt.toISOString(),
    earned: result.earned,
    possible: result.possible,
    passed: isPassed(result),
    checks: result.checks.map(({ check, finding }) => ({ id: check.id, verdict: finding.verdict })),
  }
}

/** Once it passes, a request for the solution is settled: a later failure is asked about anew. */
function withoutDiffRequest({ diffAsked, ...rest }: ExerciseState, { passed }: GradedState): ExerciseState {
  return passed || diffAsked === undefined ? rest : { ...rest, diffAsked }
}

function isNobodysEvidence({ finding }: ExerciseResult['checks'][number]): boolean {
  return finding.verdict === 'environment' || finding.verdict === 'bug'
}
