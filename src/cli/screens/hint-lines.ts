import type { Hints } from '../../course/check.ts'
import type { ExerciseEntry, ManifestCheck } from '../manifest/manifest.ts'
import type { HintLevel } from '../state/hint-level.ts'
import { hang, wrapWords } from '../terminal/layout.ts'
import { sanitizeText } from '../terminal/sanitize.ts'
import { exerciseName } from './exercise-name.ts'
import type { ScreenStyle } from './screen.ts'

/** What a hint's lines need. */
export interface HintFacts {
  readonly hints: Hints
  readonly level: HintLevel
  readonly exerciseId: string
}

/** The hint of one level, and the command that gives another one. */
export function hintLines(facts: HintFacts, style: ScreenStyle): string[] {
  return [...levelLines(facts.hints, facts.level, style), `  ${style.paint.dim(afterHint(facts, style))}`]
}

/** What the screen of `hint` shows. */
export interface HintScreenFacts {
  readonly entry: ExerciseEntry
  readonly check: ManifestCheck
  readonly level: HintLevel
  /** The student's file, relative to the repository. */
  readonly file: string
}

/** The screen of `hint`: what it is about, and every level up to the one asked for. */
export function hintScreen({ entry, check, level, file }: HintScreenFacts, style: ScreenStyle): string[] {
  const { paint, messages } = style
  const levels = ([1, 2, 3] as const).filter(shown => shown <= level)
  return [
    `${paint.strong(exerciseName(entry))}   ${paint.dim(file)}`,
    `  ${messages.hint.forCheck(check.title)}`,
    ...levels.flatMap(shown => levelLines(check.hints, shown, style)),
    `  ${paint.dim(afterHint({ hints: check.hints, level, exerciseId: entry.exercise.id }, style))}`,
  ]
}

function levelLines(hints: Hints, level: HintLevel, { messages }: ScreenStyle): string[] {
  const label = `  ${messages.exercise.hint(level, hints.length)}${messages.separator}`
  return hang(label, sanitizeText(hints[level - 1] ?? ''), wrapWords)
}

function afterHint({ hints, level, exerciseId }: HintFacts, { messages: { exercise } }: ScreenStyle): string {
  const command = `npm run exercise ${exerciseId}`
  return level < hints.length ? exercise.anotherHint(`${command} hint`) : exercise.lastHint(`${command} diff`)
}
