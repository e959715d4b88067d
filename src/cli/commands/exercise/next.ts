import { exitCodes } from '../../../core/user-error.ts'
import type { Command } from '../../command.ts'
import { nextScreen } from '../../screens/next-screen.ts'
import { progressTitle } from '../../screens/progress-screen.ts'
import { nextStepLine } from '../../screens/screen.ts'
import { readCourseState } from '../../state/course-state.ts'
import { placeToStart } from '../../state/place-to-start.ts'
import { nextPending } from '../../state/standing.ts'

/** Says what is next and which file to open; grades nothing. */
export const showNext: Command = async (_request, context) => {
  const { terminal, style, messages } = context
  const standings = await readCourseState(context)
  const next = nextPending(standings)
  if (next === undefined) {
    const done = nextStepLine(messages.progress.done('npm run grade'), style)
    terminal.print([progressTitle(standings, style), '', done])
    return exitCodes.passed
  }
  const place = await placeToStart(context.root(), next)
  terminal.print(nextScreen({ standings, next, place }, style))
  return exitCodes.passed
}
