import { exitCodes, UserError } from '../../core/user-error.ts'
import type { CommandContext } from '../context.ts'
import type { Request } from '../words/parse-words.ts'
import { readCourseState } from './course-state.ts'
import { nextPending, type StandingEntry } from './standing.ts'

/**
 * The one exercise that a verb is about: the one named, else the first pending one of the module named, else of the course;
 * when all pass, the last one.
 */
export async function chooseExercise(
  { selection }: Request,
  context: CommandContext,
): Promise<StandingEntry> {
  const standings = (await readCourseState(context)).filter(
    ({ module, exercise }) =>
      selection === undefined ||
      (selection.kind === 'module'
        ? selection.module.id === module.id
        : selection.exercise.id === exercise.id),
  )
  const chosen = nextPending(standings) ?? standings.at(-1)
  if (chosen) return chosen
  const { errors } = context.messages
  throw new UserError({
    code: 'no-exercises',
    message: errors.noExercises,
    nextStep: 'npm ci',
    exitCode: exitCodes.environment,
  })
}
