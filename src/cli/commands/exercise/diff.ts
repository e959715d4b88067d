import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { exitCodes, UserError } from '../../../core/user-error.ts'
import type { Command } from '../../command.ts'
import type { CommandContext } from '../../context.ts'
import { currentStanding } from '../../grading/current-standing.ts'
import { type ExerciseEntry, exerciseFile, solutionFile } from '../../manifest/manifest.ts'
import { diffScreen } from '../../screens/diff-screen.ts'
import { exerciseName } from '../../screens/exercise-name.ts'
import { nextStepLine } from '../../screens/screen.ts'
import { updateExercise } from '../../state/progress-file.ts'

/** Shows the student's file beside the solution: after a pass, or when asked for a second time. */
export const showDiff: Command = async (request, context) => {
  const { entry } = await currentStanding(request, context)
  if (entry.standing.kind === 'passed' || entry.state.diffAsked === true) {
    context.terminal.print(await diffLines(entry, context))
    return exitCodes.passed
  }
  await updateExercise(context.root(), entry.exercise.id, state => ({ ...state, diffAsked: true }))
  const { style, messages, terminal } = context
  terminal.print([
    messages.diff.askAgain(exerciseName(entry)),
    nextStepLine(`npm run exercise ${entry.exercise.id} diff`, style),
  ])
  return exitCodes.failed
}

/** The two files as the window's width allows. */
async function diffLines(entry: ExerciseEntry, context: CommandContext): Promise<string[]> {
  const { terminal, style, messages } = context
  const [yours, solution] = await Promise.all([
    readNamed(exerciseFile(entry), context),
    readNamed(solutionFile(entry), context),
  ])
  const shown = { ...solution, text: withoutRegionMarkers(solution.text) }
  const lines = diffScreen({ yours, solution: shown, columns: terminal.columns() }, style)
  if (lines.length === 0) return [messages.diff.same]
  return [...lines, '', messages.diff.oneOfMany]
}

/** The markers say which lines a starter leaves out; in the solution they would only be noise. */
function withoutRegionMarkers(text: string): string {
  return text.replace(/^[ \t]*\/\/(?: #region\b| #endregion\b|\|).*\r?\n/gm, '')
}

async function readNamed(
  file: string,
  { root, messages }: CommandContext,
): Promise<{ name: string; text: string }> {
  try {
    return { name: file, text: await readFile(join(root(), file), 'utf8') }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    throw new UserError({
      code: 'file-missing',
      message: messages.errors.fileMissing(file),
      nextStep: `git restore ${file}`,
      exitCode: exitCodes.environment,
      cause: error,
    })
  }
}
