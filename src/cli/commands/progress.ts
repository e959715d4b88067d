import { exitCodes } from '../../core/user-error.ts'
import type { Command } from '../command.ts'
import { exerciseName } from '../screens/exercise-name.ts'
import { progressScreen } from '../screens/progress-screen.ts'
import { nextStepLine } from '../screens/screen.ts'
import { readCourseState } from '../state/course-state.ts'
import { placeToStart } from '../state/place-to-start.ts'
import { nextPending } from '../state/standing.ts'

/** Shows the course as a table with the student's points, and what is next. */
export const progress: Command = async (_request, context) => {
  const { terminal, style, messages } = context
  const standings = await readCourseState(context)
  const next = nextPending(standings)
  terminal.print([...progressScreen(standings, style), ''])
  if (next === undefined) {
    terminal.print([nextStepLine(messages.progress.done('npm run grade'), style)])
    return exitCodes.passed
  }
  terminal.print([
    nextStepLine(
      `${messages.progress.next(exerciseName(next))}: ${await placeToStart(context.root(), next)}`,
      style,
    ),
    nextStepLine(messages.progress.whileWriting(`npm run exercise ${next.exercise.id} watch`), style),
  ])
  return exitCodes.passed
}
