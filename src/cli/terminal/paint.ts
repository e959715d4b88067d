/** Colours by meaning; each function returns its text unchanged where colour is off, so colour only adds. */
export interface Paint {
  /** What holds: ✓. */
  readonly good: (text: string) => string
  /** What does not: ✗. */
  readonly bad: (text: string) => string
  /** Detail that may be read last. */
  readonly dim: (text: string) => string
  /** What to read first. */
  readonly strong: (text: string) => string
  /** What to do next. */
  readonly next: (text: string) => string
}

const sgr = { strong: [1, 22], dim: [2, 22], bad: [31, 39], good: [32, 39], next: [36, 39] } as const

/** Paints with ANSI colours. */
export const colourPaint: Paint = {
  good: text => wrapInSgr(text, sgr.good),
  bad: text => wrapInSgr(text, sgr.bad),
  dim: text => wrapInSgr(text, sgr.dim),
  strong: text => wrapInSgr(text, sgr.strong),
  next: text => wrapInSgr(text, sgr.next),
}

/** Leaves every text as it is. */
export const plainPaint: Paint = {
  good: text => text,
  bad: text => text,
  dim: text => text,
  strong: text => text,
  next: text => text,
}

function wrapInSgr(text: string, [open, close]: readonly [number, number]): string {
  return `\u001b[${open}m${text}\u001b[${close}m`
}
