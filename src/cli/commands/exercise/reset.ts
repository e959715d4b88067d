import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { exitCodes, UserError } from '../../../core/user-error.ts'
import { readStarter } from '../../../course/starters/derive.ts'
import { resetExercise as writeStarter } from '../../../course/starters/reset.ts'
import type { Command } from '../../command.ts'
import type { CommandContext } from '../../context.ts'
import { findInCourse } from '../../grading/course-entries.ts'
import { type ExerciseEntry, exerciseFile, solutionFile } from '../../manifest/manifest.ts'
import { nextStepLine } from '../../screens/screen.ts'
import { chooseExercise } from '../../state/choose-exercise.ts'
import { placeToStart } from '../../state/place-to-start.ts'
import { updateExercise } from '../../state/progress-file.ts'
import type { Request } from '../../words/parse-words.ts'

/** Writes the starter of one exercise again and says where the student's file is kept. */
export const resetExercise: Command = async (request, context) => {
  const { terminal, style, messages } = context
  refuseSeveral(request, context)
  const entry = await chooseExercise(request, context)
  const root = context.root()
  if (await isUntouched(root, entry)) {
    terminal.print([messages.reset.already(exerciseFile(entry))])
  } else {
    const { path, backup } = await writeStarter(root, findInCourse(entry))
    await updateExercise(root, entry.exercise.id, ({ hints }) => (hints === undefined ? {} : { hints }))
    const kept = backup === undefined ? [] : [messages.reset.backup(backup)]
    terminal.print([messages.reset.done(path), ...kept.map(line => `  ${line}`)])
  }
  const place = await placeToStart(root, entry)
  const watch = `npm run exercise ${entry.exercise.id} watch`
  terminal.print([nextStepLine(messages.exercise.openAndSave(place, watch), style)])
  return exitCodes.passed
}

/** Which of a module's files to write over is not ours to guess. */
function refuseSeveral({ selection }: Request, { messages }: CommandContext): void {
  if (selection?.kind !== 'module' || selection.module.exercises.length === 1) return
  const { module } = selection
  throw new UserError({
    code: 'needs-one-exercise',
    message: messages.errors.needsOneExercise('reset', module.id),
    nextStep: `npm run exercise ${module.exercises[0]?.id ?? module.id} reset`,
    exitCode: exitCodes.usage,
  })
}

async function isUntouched(root: string, entry: ExerciseEntry): Promise<boolean> {
  const starter = await readStarter(root, solutionFile(entry))
  try {
    return (await readFile(join(root, exerciseFile(entry)), 'utf8')) === starter
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false
    throw error
  }
}
