import { fileInWords } from '../manifest/manifest.ts'
import type { StandingEntry } from '../state/standing.ts'
import { exerciseName } from './exercise-name.ts'
import { labelledLines } from './labelled-lines.ts'
import { progressTitle } from './progress-screen.ts'
import { nextStepLine, type ScreenStyle } from './screen.ts'

/** What `exercise` alone says: how far the course is, what is next, and the file to open. */
export interface NextFacts {
  readonly standings: readonly StandingEntry[]
  readonly next: StandingEntry
  /** Where to start writing, e.g. `exercises/9.2-s3-data-lake/objetos.ts:14`. */
  readonly place: string
}

/** The screen of `npm run exercise` without words. */
export function nextScreen({ standings, next, place }: NextFacts, style: ScreenStyle): string[] {
  const { exercise, separator } = style.messages
  const run = `npm run exercise ${next.exercise.id}`
  const pairs = [
    [exercise.nextFile, place],
    [exercise.nextRead, `modules/${next.module.folder}/README.md`],
    [exercise.nextGrade, run],
    [exercise.nextStuck, `${run} hint`],
  ] as const
  return [
    progressTitle(standings, style),
    '',
    style.paint.strong(`${exercise.nextIs(exerciseName(next))}${separator}${next.exercise.title}`),
    ...labelledLines(pairs, style),
    '',
    nextStepLine(exercise.openAndSave(fileInWords(next), `${run} watch`), style),
  ]
}
