import { padRight, widthOf } from '../terminal/layout.ts'
import type { ScreenStyle } from './screen.ts'

/** Lines of `label  value`, indented by two, the values aligned. */
export function labelledLines(
  pairs: readonly (readonly [label: string, value: string])[],
  style: ScreenStyle,
): string[] {
  const columns = Math.max(0, ...pairs.map(([label]) => widthOf(label)))
  return pairs.map(([label, value]) => `  ${style.paint.dim(padRight(label, columns))}  ${value}`)
}
