import type { Command } from '../../command.ts'
import type { CommandContext } from '../../context.ts'
import { liveEvidence } from '../../evidence/live-evidence.ts'
import { snapshotEvidence, withSavedEvidence } from '../../evidence/saved-evidence.ts'
import { exitCodeOf } from '../../grading/exit-code.ts'
import { firstFailing } from '../../grading/failures.ts'
import { type GradedRun, gradeSelection } from '../../grading/grade-selection.ts'
import { cloudsOf } from '../../grading/local-clouds.ts'
import { seedOf, targetOf } from '../../grading/targets.ts'
import { findAwsCli } from '../../machine/aws-cli.ts'
import { type ExerciseEntry, entriesOf } from '../../manifest/manifest.ts'
import type { EvidenceCommand } from '../../screens/check-lines.ts'
import { conclusionLines } from '../../screens/conclusion-lines.ts'
import { exerciseScreen } from '../../screens/exercise-screen.ts'
import { chooseExercise } from '../../state/choose-exercise.ts'
import { showFirstHint } from '../../state/hint-level.ts'
import { lineToOpen } from '../../state/place-to-start.ts'
import type { Request } from '../../words/parse-words.ts'

/** Grades what was named (the next pending exercise when nothing was) once, and shows the result. */
export const gradeOnce: Command = async (request, context) => {
  const run = await grade(request, context)
  const { report } = run
  const line = await lineToOpen(context.root(), report)
  const options = {
    line,
    detail: isAllDetailed(run) ? 'all' : 'first-failure',
    evidence: await evidenceOf(run),
    hintLevel: await showFirstHint(context.root(), report),
  } as const
  context.terminal.print([
    ...exerciseScreen(report, options, context.style),
    ...conclusionLines({ report, line, manifest: await context.manifest() }, context.style),
  ])
  return exitCodeOf(report)
}

async function grade(request: Request, context: CommandContext): Promise<GradedRun> {
  const source = request.verb === 'solution' ? 'solutions' : 'exercises'
  const target = targetOf(request)
  const seed = seedOf(request)
  const wanted = {
    entries: await entriesToGrade(request, context),
    source,
    target,
    seed,
    startCloud: await cloudsOf(target, seed),
  } as const
  // LocalStack goes on after the run, and a reference solution has nothing to show.
  const keepsEvidence = source === 'exercises' && target === 'embedded'
  return keepsEvidence
    ? withSavedEvidence(context.root(), evidenceFolder =>
        gradeSelection({ ...wanted, evidenceFolder }, context),
      )
    : gradeSelection(wanted, context)
}

async function entriesToGrade(request: Request, context: CommandContext): Promise<ExerciseEntry[]> {
  if (request.selection) return entriesOf(await context.manifest(), request.selection)
  return [await chooseExercise(request, context)]
}

/** Solutions show every check that they pass, and so does an exercise that was asked for alone. */
function isAllDetailed({ report }: GradedRun): boolean {
  return report.source === 'solutions' || report.exercises.length === 1
}

/** Where the evidence of the first failure can be looked at; a run of solutions keeps none. */
async function evidenceOf({ report, clouds }: GradedRun): Promise<EvidenceCommand | undefined> {
  if (report.source === 'solutions') return undefined
  if (report.target === 'embedded') return snapshotEvidence
  const cloud = clouds.get(firstFailing(report)?.exercise.id ?? '')
  if (cloud === undefined) return undefined
  return liveEvidence({ cloud, seed: report.seed, hasAwsCli: (await findAwsCli()) !== undefined })
}
