import type { RunningCloud, StartCloud } from '../../course/cloud.ts'
import { type GradeProgress, gradeCourse } from '../../course/course-grader.ts'
import type { SourceName } from '../../course/exercise-files.ts'
import type { TargetName } from '../../course/lab.ts'
import type { GradeReport } from '../../course/report.ts'
import type { CommandContext } from '../context.ts'
import { untilInterrupted } from '../interruption.ts'
import type { ExerciseEntry } from '../manifest/manifest.ts'
import { recordReport } from '../state/record-grade.ts'
import { findInCourse } from './course-entries.ts'
import { createRunLine } from './run-line.ts'

/** What a command wants graded. */
export interface GradingRequest {
  readonly entries: readonly ExerciseEntry[]
  readonly source: SourceName
  readonly target: TargetName
  readonly seed: number
  readonly startCloud: StartCloud
  /** Where snapshots of failing runs go, absolute; without it none are kept. */
  readonly evidenceFolder?: string
}

/** A run that ended, and the cloud that each exercise had, by exercise id. */
export interface GradedRun {
  readonly report: GradeReport
  readonly clouds: ReadonlyMap<string, RunningCloud>
}

/** Grades exercises with a live line while it runs, and remembers the result. */
export async function gradeSelection(request: GradingRequest, context: CommandContext): Promise<GradedRun> {
  const line = createRunLine(context)
  const { startCloud, clouds, follow } = rememberClouds(request.startCloud)
  try {
    const grading = gradeCourse({
      ...request,
      repository: context.root(),
      selection: request.entries.map(findInCourse),
      startCloud,
      signal: context.interruption,
      onProgress: progress => {
        follow(progress)
        line.report(progress)
      },
    })
    const report = await untilInterrupted(grading, context.interruption)
    await recordReport(context.root(), report)
    return { report, clouds }
  } finally {
    line.end()
  }
}

/** Notes which exercise each cloud is started for: the engine says which one begins, and then asks for its cloud. */
function rememberClouds(start: StartCloud): {
  readonly startCloud: StartCloud
  readonly clouds: ReadonlyMap<string, RunningCloud>
  follow(progress: GradeProgress): void
} {
  const clouds = new Map<string, RunningCloud>()
  let beginning = ''
  return {
    clouds,
    follow: progress => {
      if (progress.kind === 'started') beginning = progress.which.exercise.id
    },
    startCloud: async () => {
      const exerciseId = beginning
      const cloud = await start()
      clouds.set(exerciseId, cloud)
      return cloud
    },
  }
}
