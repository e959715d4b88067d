import type { GradeProgress } from '../../course/course-grader.ts'
import type { CommandContext } from '../context.ts'
import { formatSeconds } from '../messages/numbers.ts'
import { exerciseName } from '../screens/exercise-name.ts'

/** The live line of a grading run. */
export interface RunLine {
  report(progress: GradeProgress): void
  /** Takes the line away. */
  end(): void
}

const refreshMilliseconds = 200

/** Shows which check of which exercise has just ended and how long the run takes; nothing where nobody can see it move. */
export function createRunLine({ live, messages, terminal }: CommandContext): RunLine {
  if (!terminal.isRich) return { report: () => undefined, end: () => undefined }
  const startedAt = performance.now()
  let latest: GradeProgress | undefined
  const show = (): void => {
    if (latest) live.show(describe(latest))
  }
  const describe = (progress: GradeProgress): string => {
    const name = exerciseName(progress.which)
    const total = progress.which.exercise.checks.length
    const done = progress.kind === 'checked' ? progress.done : progress.kind === 'finished' ? total : 0
    const seconds = formatSeconds(performance.now() - startedAt, messages)
    return messages.exercise.runningCheck(name, done, total, seconds)
  }
  const timer = setInterval(show, refreshMilliseconds)
  timer.unref()
  return {
    report: progress => {
      latest = progress
      show()
    },
    end: () => {
      clearInterval(timer)
      live.clear()
    },
  }
}
