import { dirname, join } from 'node:path'
import { exitCodes } from '../../../core/user-error.ts'
import type { StartCloud } from '../../../course/cloud.ts'
import { functionFolder } from '../../../course/exercise-files.ts'
import type { Command } from '../../command.ts'
import type { CommandContext } from '../../context.ts'
import { liveEvidence } from '../../evidence/live-evidence.ts'
import { type GradedRun, gradeSelection } from '../../grading/grade-selection.ts'
import { cloudsOf } from '../../grading/local-clouds.ts'
import { seedOf, targetOf } from '../../grading/targets.ts'
import { InterruptedError } from '../../interruption.ts'
import { findAwsCli } from '../../machine/aws-cli.ts'
import { type ExerciseEntry, exerciseFile, solutionFile } from '../../manifest/manifest.ts'
import type { EvidenceCommand } from '../../screens/check-lines.ts'
import { exerciseName } from '../../screens/exercise-name.ts'
import { waitingLines, watchScreen } from '../../screens/watch-screen.ts'
import { chooseExercise } from '../../state/choose-exercise.ts'
import { showFirstHint } from '../../state/hint-level.ts'
import { lineToOpen } from '../../state/place-to-start.ts'
import { readKeys } from '../../terminal/keys.ts'
import { createInbox, type Inbox } from '../../watching/inbox.ts'
import { keepClouds } from '../../watching/kept-clouds.ts'
import { type FolderWatch, watchFolder } from '../../watching/watch-folder.ts'
import type { Request } from '../../words/parse-words.ts'
import { showDiff } from './diff.ts'
import { giveHint } from './hint.ts'

/** What can happen while an exercise is watched. */
type WatchEvent = 'run' | 'hint' | 'diff' | 'solution' | 'quit'

/** Single keys and what they ask for. */
const keys: Readonly<Record<string, WatchEvent>> = {
  r: 'run',
  h: 'hint',
  d: 'diff',
  s: 'solution',
  q: 'quit',
}

/** One exercise being watched. */
interface Session {
  readonly entry: ExerciseEntry
  /** The words of the command, with the exercise that they led to. */
  readonly request: Request
  readonly context: CommandContext
  readonly inbox: Inbox<WatchEvent>
  /** What changes while it goes on. */
  readonly now: { hasAwsCli: boolean; isGrading: boolean }
}

const clearScreen = '\u001b[H\u001b[2J'

/** Grades an exercise each time its file is saved, until `q` or Ctrl-C. */
export const watchExercise: Command = async (request, context) => {
  const entry = await chooseExercise(request, context)
  const selection = { kind: 'exercise', module: entry.module, exercise: entry.exercise } as const
  const inbox = createInbox<WatchEvent>()
  const now = { hasAwsCli: false, isGrading: false }
  const session: Session = { entry, request: { ...request, selection }, context, inbox, now }
  void findAwsCli().then(version => {
    now.hasAwsCli = version !== undefined
  })
  const watches = await watchFiles(session)
  const keyReader = readKeys(context.stdin, key => pushKey(key, session))
  const quit = (): void => inbox.push('quit')
  context.interruption.addEventListener('abort', quit, { once: true })
  try {
    await runSession(session)
    return exitCodes.passed
  } finally {
    context.interruption.removeEventListener('abort', quit)
    keyReader.close()
    for (const watch of watches) watch.close()
  }
}

/** Watches the folder of the exercise's file, and those of the functions that it works with. */
function watchFiles({ entry, context, inbox }: Session): Promise<FolderWatch[]> {
  const { module, exercise } = entry
  const others = module.exercises.filter(({ id }) => id !== exercise.id).map(({ slug }) => `${slug}.ts`)
  const folders = [
    { folder: dirname(exerciseFile(entry)), ignored: others },
    ...(exercise.functions ?? []).map(slug => ({ folder: functionFolder('exercises', slug), ignored: [] })),
  ]
  return Promise.all(
    folders.map(({ folder, ignored }) =>
      watchFolder({
        folder: join(context.root(), folder),
        ignored,
        mode: context.env.TALLER_WATCH === 'poll' ? 'poll' : 'events',
        onChange: () => inbox.push('run'),
      }),
    ),
  )
}

/** While a run goes on only what replaces or ends it is heard; the rest would speak of an old result. */
function pushKey(key: string, { inbox, now }: Session): void {
  const event = Object.hasOwn(keys, key) ? keys[key] : undefined
  if (event === undefined || (now.isGrading && event !== 'run' && event !== 'quit')) return
  inbox.push(event)
}

/** Grades once, and then does what events ask until one says to stop. */
async function runSession(session: Session): Promise<void> {
  const { request, inbox } = session
  const clouds = keepClouds(await cloudsOf(targetOf(request), seedOf(request)))
  try {
    let event: WatchEvent = 'run'
    while (event !== 'quit') {
      if (event === 'run') {
        await clouds.closeAll()
        await gradeAndShow(session, clouds.startCloud)
      } else await answer(event, session)
      event = await nextEvent(inbox)
    }
  } finally {
    await clouds.closeAll()
  }
}

async function nextEvent(inbox: Inbox<WatchEvent>): Promise<WatchEvent> {
  await inbox.arrival()
  return inbox.take() ?? 'quit'
}

/** Grades and shows the result, unless something newer comes first: then the run is given up. */
async function gradeAndShow(session: Session, startCloud: StartCloud): Promise<void> {
  const { entry, context, inbox, now } = session
  const newer = new AbortController()
  now.isGrading = true
  // A terminal shows a live line instead.
  if (!context.terminal.isRich)
    context.terminal.print([context.messages.exercise.running(exerciseName(entry))])
  const grading = grade(session, startCloud, newer.signal)
  const first = await Promise.race([grading, inbox.arrival()])
  newer.abort()
  const run = first ?? (await grading)
  now.isGrading = false
  if (run === undefined) return
  const { terminal, style } = context
  const hintLevel = await showFirstHint(context.root(), run.report)
  const line = await lineToOpen(context.root(), run.report)
  const facts = { report: run.report, line, manifest: await context.manifest() }
  const options = { detail: 'all', line, evidence: evidenceOf(run, session), hintLevel } as const
  if (terminal.isRich) terminal.write(clearScreen)
  else terminal.print([''])
  terminal.print(watchScreen(facts, options, style))
  printWaiting(session)
}

async function grade(
  { entry, request, context }: Session,
  startCloud: StartCloud,
  interruption: AbortSignal,
): Promise<GradedRun | undefined> {
  const [target, seed] = [targetOf(request), seedOf(request)]
  const wanted = { entries: [entry], source: 'exercises', target, seed, startCloud } as const
  try {
    return await gradeSelection(wanted, { ...context, interruption })
  } catch (error) {
    if (error instanceof InterruptedError) return undefined
    throw error
  }
}

function evidenceOf({ report, clouds }: GradedRun, { entry, now }: Session): EvidenceCommand | undefined {
  const cloud = clouds.get(entry.exercise.id)
  return cloud && liveEvidence({ cloud, seed: report.seed, hasAwsCli: now.hasAwsCli })
}

/** Does what a key asks for, below what is on the screen. */
async function answer(event: Exclude<WatchEvent, 'run' | 'quit'>, session: Session): Promise<void> {
  const { context, request, entry } = session
  context.terminal.print([''])
  if (event === 'hint') await giveHint(request, context)
  if (event === 'diff') await showDiff(request, context)
  if (event === 'solution') context.terminal.print([context.messages.watch.showing(solutionFile(entry))])
  printWaiting(session)
}

function printWaiting({ entry, context }: Session): void {
  const { terminal, style, stdin } = context
  terminal.print(waitingLines({ file: exerciseFile(entry), hasKeys: stdin.isTTY === true }, style))
}
