import type { Evidence, Hint } from './hints/hint.ts'
import type { HintBook } from './hints/hint-book.ts'
import type { RequestLine, Timeline } from './timeline.ts'

/** Where every line goes that tells of a request or of what a request caused. */
export interface Recorder {
  /**
   * Adds a line to the timeline, with a hint where a known mistake shows, and tells who listens.
   * @param evidence called only for lines that a rule looks at
   */
  record(line: RequestLine, evidence?: () => Evidence): void
}

/** Creates the recorder of a cloud; what is fine is recorded at once, the rest as soon as it was looked at. */
export function createRecorder(
  timeline: Timeline,
  hints: HintBook,
  onRequest: ((line: RequestLine) => void) | undefined,
): Recorder {
  const keep = (line: RequestLine): void => {
    timeline.add(line)
    onRequest?.(line)
  }
  return {
    record: (line, evidence) => {
      const rules = hints.rulesFor(line)
      if (rules.length === 0) {
        keep(line)
        return
      }
      const hint = hints.hintOf(rules, { line, ...evidence?.() })
      if (hint instanceof Promise) void hint.then(found => keep(withHint(line, found)))
      else keep(withHint(line, hint))
    },
  }
}

function withHint(line: RequestLine, hint: Hint | undefined): RequestLine {
  return hint === undefined ? line : { ...line, hint }
}
