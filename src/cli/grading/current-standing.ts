import type { GradeReport } from '../../course/report.ts'
import type { CommandContext } from '../context.ts'
import { chooseExercise } from '../state/choose-exercise.ts'
import type { StandingEntry } from '../state/standing.ts'
import type { Request } from '../words/parse-words.ts'

/** An exercise and where the student stands with its file as it is now. */
export interface CurrentStanding {
  readonly entry: StandingEntry
  /** The run that found it out, where the last one was about another text of the file. */
  readonly report?: GradeReport
}

/** The exercise that a verb is about; it is graded first unless the last result is about the very same text. */
export async function currentStanding(request: Request, context: CommandContext): Promise<CurrentStanding> {
  const entry = await chooseExercise(request, context)
  if (entry.standing.kind === 'passed' || entry.standing.kind === 'failing') return { entry }
  const report = await gradeOne(entry, request, context)
  const selection = { kind: 'exercise', module: entry.module, exercise: entry.exercise } as const
  return { entry: await chooseExercise({ selection }, context), report }
}

async function gradeOne(
  entry: StandingEntry,
  request: Request,
  context: CommandContext,
): Promise<GradeReport> {
  // Loaded here, because most of the time nothing has to be graded.
  const [{ gradeSelection }, { cloudsOf }, { seedOf, targetOf }] = await Promise.all([
    import('./grade-selection.ts'),
    import('./local-clouds.ts'),
    import('./targets.ts'),
  ])
  const [target, seed] = [targetOf(request), seedOf(request)]
  const startCloud = await cloudsOf(target, seed)
  const run = await gradeSelection(
    { entries: [entry], source: 'exercises', target, seed, startCloud },
    context,
  )
  return run.report
}
