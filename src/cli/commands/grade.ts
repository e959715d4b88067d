import { exitCodes } from '../../core/user-error.ts'
import type { GradeReport } from '../../course/report.ts'
import { writeReport } from '../../course/reports/write-report.ts'
import type { Command } from '../command.ts'
import { exitCodeOf } from '../grading/exit-code.ts'
import { firstFailing } from '../grading/failures.ts'
import { gradeSelection } from '../grading/grade-selection.ts'
import { cloudsOf } from '../grading/local-clouds.ts'
import { seedOf, targetOf } from '../grading/targets.ts'
import { entriesOf } from '../manifest/manifest.ts'
import { exerciseName } from '../screens/exercise-name.ts'
import { gradeScreen } from '../screens/grade-screen.ts'
import { marks, nextStepLine, type ScreenStyle } from '../screens/screen.ts'
import type { Request } from '../words/parse-words.ts'

/** Grades everything that exists, or what was named, and writes the report for machines. */
export const grade: Command = async (request, context) => {
  const { terminal, style, messages } = context
  const [target, seed] = [targetOf(request), seedOf(request)]
  const { report } = await gradeSelection(
    {
      entries: entriesOf(await context.manifest(), request.selection),
      source: request.verb === 'solution' ? 'solutions' : 'exercises',
      target,
      seed,
      startCloud: await cloudsOf(target, seed),
    },
    context,
  )
  const path = await writeReport(context.root(), report, request.format ?? 'json')
  terminal.print([
    ...gradeScreen(report, style),
    '',
    messages.grade.report(path),
    messages.grade.repeat(repeatCommand(request, messages.seed(seed))),
    ...conclusion(report, style),
  ])
  return exitCodeOf(report)
}

/** The command that grades the same again, with the same inputs and names. */
function repeatCommand({ selection, verb, target }: Request, seedWords: string): string {
  const named = selection?.kind === 'exercise' ? selection.exercise.id : selection?.module.id
  const words = [named, verb, target === 'embedded' ? undefined : target, seedWords]
  return ['npm run grade', ...words.filter(word => word !== undefined)].join(' ')
}

function conclusion(report: GradeReport, style: ScreenStyle): string[] {
  const { grade: texts, exercise } = style.messages
  const exitCode = exitCodeOf(report)
  const bad = style.paint.bad(marks.bad)
  if (exitCode === exitCodes.bug) {
    return [`${bad} ${texts.bugFailure}`, nextStepLine(exercise.bugNext, style)]
  }
  if (exitCode === exitCodes.environment) {
    return [`${bad} ${texts.environmentFailure}`, nextStepLine(exercise.environmentNext, style)]
  }
  const failing = firstFailing(report)
  if (failing === undefined || report.source === 'solutions') return []
  return [
    nextStepLine(texts.firstPending(exerciseName(failing), `npm run exercise ${failing.exercise.id}`), style),
  ]
}
