/** A part of a reference solution that its starter leaves to the student. Line numbers start at 1. */
export interface Region {
  readonly functionName: string
  /** What the student has to write, one entry a line. */
  readonly statement: readonly string[]
  /** Line of the opening marker. */
  readonly firstLine: number
  /** Line of the closing marker. */
  readonly lastLine: number
  /** The blanks in front of the opening marker. */
  readonly indentation: string
}

/** A marker that cannot be understood. */
export interface RegionProblem {
  readonly line: number
  readonly message: string
}

const opening = /^(\s*)\/\/ #region solucion ([A-Za-z_$][\w$]*): (\S.*)$/
const looksLikeOpening = /^\s*\/\/\s*#\s*region\b/
const continuation = /^\s*\/\/\| (.*\S)\s*$/
const looksLikeContinuation = /^\s*\/\/\s*\|/
const closing = /^\s*\/\/ #endregion\s*$/
const looksLikeClosing = /^\s*\/\/\s*#\s*endregion\b/

/** Finds the regions of a solution; any marker that is not exactly as it should be is a problem. */
export function findRegions(text: string): { regions: Region[]; problems: RegionProblem[] } {
  const lines = text.split(/\r?\n/)
  const regions: Region[] = []
  const problems: RegionProblem[] = []
  let open: { -readonly [Key in keyof Region]: Region[Key] } | undefined
  const complain = (index: number, message: string): void => {
    problems.push({ line: index + 1, message })
  }
  for (const [index, line] of lines.entries()) {
    if (looksLikeOpening.test(line)) {
      if (open !== undefined)
        complain(index, `empieza otra región dentro de la de la línea ${open.firstLine}`)
      open = readOpening(line, index)
      if (open === undefined) complain(index, 'se esperaba «// #region solucion <función>: <enunciado>»')
    } else if (looksLikeClosing.test(line)) {
      if (open === undefined) complain(index, 'se cierra una región que no está abierta')
      else if (!closing.test(line)) complain(index, 'se esperaba «// #endregion»')
      else regions.push({ ...open, lastLine: index + 1 })
      open = undefined
    } else if (looksLikeContinuation.test(line)) {
      const more = continuation.exec(line)?.[1]
      if (more === undefined) complain(index, 'se esperaba «//| <enunciado>»')
      else if (open === undefined || index !== open.firstLine + open.statement.length - 1) {
        complain(index, 'una línea «//|» va justo debajo de su «#region»')
      } else open.statement = [...open.statement, more]
    }
  }
  if (open !== undefined) complain(open.firstLine - 1, 'la región no se cierra')
  return { regions, problems }
}

function readOpening(line: string, index: number): Region | undefined {
  const match = opening.exec(line)
  if (match === null) return undefined
  const [, indentation = '', functionName = '', statement = ''] = match
  return {
    functionName,
    statement: [statement.trim()],
    firstLine: index + 1,
    lastLine: index + 1,
    indentation,
  }
}
