import { manifestPoints } from '../manifest/manifest.ts'
import type { StandingEntry } from '../state/standing.ts'
import { justify, truncate } from '../terminal/layout.ts'
import { exerciseName } from './exercise-name.ts'
import { marks, type ScreenStyle } from './screen.ts'
import { type Row, tableLines } from './table.ts'

/** The result of `progress`: the course as a table with the points that today's files have earned. */
export function progressScreen(standings: readonly StandingEntry[], style: ScreenStyle): string[] {
  const { messages, paint } = style
  const { grade, progress } = messages
  const columns = [
    { title: grade.module },
    { title: grade.exercise },
    { title: grade.points, align: 'right' },
    { title: `  ${progress.state}` },
  ] as const
  const rows = standings.map((entry, index) => standingRow(entry, standings[index - 1], style))
  const [header = '', ...body] = tableLines(columns, rows)
  return [progressTitle(standings, style), '', paint.dim(header), ...body]
}

/** A bar of `columns` blocks, filled in proportion; full only when all is done. */
export function progressBar({
  done,
  total,
  columns,
}: {
  done: number
  total: number
  columns: number
}): string {
  const filled = total === 0 ? 0 : Math.floor((columns * done) / total)
  return '█'.repeat(filled) + '░'.repeat(columns - filled)
}

/** The course's name, how far the student is, and the points. */
export function progressTitle(standings: readonly StandingEntry[], { messages, paint }: ScreenStyle): string {
  const earned = standings.reduce((sum, entry) => sum + earnedPoints(entry), 0)
  const possible = standings.reduce((sum, entry) => sum + possiblePoints(entry), 0)
  const bar = progressBar({ done: earned, total: possible, columns: 20 })
  const points = messages.exercise.points(earned, possible)
  return justify(paint.strong(messages.progress.title), `${paint.good(bar)}  ${points}`)
}

function standingRow(entry: StandingEntry, previous: StandingEntry | undefined, style: ScreenStyle): Row {
  const { module } = entry
  const isNewModule = previous?.module.id !== module.id
  return [
    isNewModule ? truncate(`${module.id} ${module.title}`, 28) : '',
    exerciseName(entry),
    `${earnedPoints(entry)}/${possiblePoints(entry)}`,
    standingText(entry, style),
  ]
}

function standingText({ standing }: StandingEntry, { messages, paint }: ScreenStyle): string {
  const { progress } = messages
  if (standing.kind === 'untouched') return paint.dim(`${marks.open} ${progress.untouched}`)
  if (standing.kind === 'changed') return `${marks.open} ${progress.changed}`
  if (standing.kind === 'passed') return `${paint.good(marks.good)} ${progress.passed}`
  const counted = standing.graded.checks.filter(({ verdict }) => verdict !== 'unsupported')
  const failed = counted.filter(({ verdict }) => verdict !== 'pass').length
  return `${paint.bad(marks.bad)} ${progress.failing(failed, counted.length)}`
}

function earnedPoints({ standing }: StandingEntry): number {
  return 'graded' in standing ? standing.graded.earned : 0
}

function possiblePoints({ standing, exercise }: StandingEntry): number {
  return 'graded' in standing ? standing.graded.possible : manifestPoints(exercise)
}
