import { exitCodes } from '../../../core/user-error.ts'
import type { Command } from '../../command.ts'
import { currentStanding } from '../../grading/current-standing.ts'
import { exitCodeOf } from '../../grading/exit-code.ts'
import { exerciseFile } from '../../manifest/manifest.ts'
import { exerciseName } from '../../screens/exercise-name.ts'
import { hintScreen } from '../../screens/hint-lines.ts'
import { nextStepLine } from '../../screens/screen.ts'
import { nextHintLevel, recordHint } from '../../state/hint-level.ts'
import { firstFailedCheck } from '../../state/standing.ts'

/** Gives the next hint for the first check that fails, and remembers that it did. */
export const giveHint: Command = async (request, context) => {
  const { terminal, style, messages } = context
  const { entry, report } = await currentStanding(request, context)
  const check = firstFailedCheck(entry)
  if (entry.standing.kind === 'passed') {
    terminal.print([messages.hint.noneNeeded(exerciseName(entry))])
    return exitCodes.passed
  }
  if (check === undefined) {
    terminal.print([messages.hint.notYourFault, nextStepLine(messages.exercise.environmentNext, style)])
    return report === undefined ? exitCodes.environment : exitCodeOf(report)
  }
  const level = nextHintLevel(entry.state, check.id)
  await recordHint(context.root(), entry.exercise.id, { checkId: check.id, level })
  terminal.print(hintScreen({ entry, check, level, file: exerciseFile(entry) }, style))
  return exitCodes.passed
}
