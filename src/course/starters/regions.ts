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

/** The regions of a solution, or what is wrong with its markers. */
export interface Regions {
  readonly regions: readonly Region[]
  readonly problems: readonly RegionProblem[]
}

/** Finds the regions of a solution; any marker that is not exactly as it should be is a problem. */
export function findRegions(text: string): Regions {
  const scan = createScan()
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    const marker = readMarker(line)
    if (marker !== undefined) scan.accept(marker, index + 1)
  }
  return scan.end()
}

type Marker =
  | {
      readonly kind: 'open'
      readonly functionName: string
      readonly statement: string
      readonly indentation: string
    }
  | { readonly kind: 'more'; readonly statement: string }
  | { readonly kind: 'close' }
  | { readonly kind: 'malformed'; readonly message: string }

/** What a line says to the derivation, if anything; whatever looks like a marker must be one. */
function readMarker(line: string): Marker | undefined {
  if (/^\s*\/\/\s*#\s*region\b/.test(line)) {
    const match = /^(\s*)\/\/ #region solucion ([A-Za-z_$][\w$]*): (\S.*)$/.exec(line)
    if (match === null) return malformed('#region solucion <función>: <enunciado>')
    const [, indentation = '', functionName = '', statement = ''] = match
    return { kind: 'open', functionName, statement: statement.trim(), indentation }
  }
  if (/^\s*\/\/\s*#\s*endregion\b/.test(line)) {
    return /^\s*\/\/ #endregion\s*$/.test(line) ? { kind: 'close' } : malformed('#endregion')
  }
  if (/^\s*\/\/\|/.test(line)) {
    const statement = /^\s*\/\/\| (.*\S)\s*$/.exec(line)?.[1]
    return statement === undefined ? malformed('| <enunciado>') : { kind: 'more', statement }
  }
  return undefined
}

function malformed(expected: string): Marker {
  return { kind: 'malformed', message: `se esperaba «//${expected.startsWith('|') ? '' : ' '}${expected}»` }
}

/** Puts markers together, line by line. */
function createScan(): { accept(marker: Marker, line: number): void; end(): Regions } {
  const regions: Region[] = []
  const problems: RegionProblem[] = []
  let open: Region | undefined
  const complain = (line: number, message: string): void => {
    problems.push({ line, message })
  }
  const begin = (region: Region): void => {
    if (open !== undefined)
      complain(region.firstLine, `empieza dentro de la región de la línea ${open.firstLine}`)
    open = region
  }
  const extend = (statement: string, line: number): void => {
    const isBelow = open !== undefined && line === open.firstLine + open.statement.length
    if (open === undefined || !isBelow) complain(line, 'una línea «//|» va justo debajo de su «#region»')
    else open = { ...open, statement: [...open.statement, statement] }
  }
  const finish = (line: number): void => {
    if (open === undefined) complain(line, 'se cierra una región que no está abierta')
    else regions.push({ ...open, lastLine: line })
    open = undefined
  }
  return {
    accept: (marker, line) => {
      if (marker.kind === 'malformed') complain(line, marker.message)
      else if (marker.kind === 'more') extend(marker.statement, line)
      else if (marker.kind === 'close') finish(line)
      else begin({ ...marker, statement: [marker.statement], firstLine: line, lastLine: line })
    },
    end: () => {
      if (open !== undefined) complain(open.firstLine, 'la región no se cierra')
      return { regions, problems }
    },
  }
}
