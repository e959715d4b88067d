import { type Finding, fail } from '../../../src/course/check.ts'
import type { ProgramResult } from '../../../src/course/lab.ts'

/** Lines that Node and the AWS SDK add to stderr by themselves. */
const NOISE = /^\(node:\d+\)|^\(Use `node --trace|^Node\.js v\d|^\s+at /

/** A line where Node names the error that ended a program, e.g. `Error: Falta escribir informar`. */
const UNCAUGHT_ERROR = /^(?:Uncaught )?\w*Error\b.*: (?<message>.+)$/

/** The same of an error with a name of its own, as AWS's have: `NoSuchBucket: The specified bucket does not exist`. */
const NAMED_ERROR = /^[A-Z]\w+: .+$/

const MAXIMUM_QUOTE_CHARACTERS = 160

/** A finding of a program's run; one that did not end in time, or did not compile, has its own verdict. */
export function programFailure(result: ProgramResult, evidence: Omit<Finding, 'verdict'>): Finding {
  if (result.compileError !== undefined) {
    return { ...evidence, verdict: 'crash', found: quote(result.compileError) }
  }
  return result.timedOut ? { ...evidence, verdict: 'timeout' } : fail(evidence)
}

/** How a program ended, in one Spanish line, e.g. `terminó con código 1 y dijo «Falta escribir informar»`. */
export function describeEnd(result: ProgramResult): string {
  if (result.compileError !== undefined) return quote(result.compileError)
  if (result.timedOut) return `a los ${formatSeconds(result.durationMilliseconds)} s seguía sin terminar`
  const code = result.exitCode === null ? 'terminó a la fuerza' : `terminó con código ${result.exitCode}`
  const said = mainLine(result.stderr)
  return said === undefined ? `${code} y no dijo nada en stderr` : `${code} y dijo «${quote(said)}»`
}

/** Whether the program said something of its own on stderr. */
export function hasErrorMessage(result: ProgramResult): boolean {
  return ownLines(result.stderr).length > 0
}

/** The line of stderr that says most: an uncaught error's message, or else the first line of the program's own. */
function mainLine(stderr: string): string | undefined {
  const lines = ownLines(stderr)
  const uncaught = lines
    .map(line => UNCAUGHT_ERROR.exec(line)?.groups?.message)
    .find(message => message !== undefined)
  return uncaught ?? lines.find(line => NAMED_ERROR.test(line)) ?? lines[0]
}

function ownLines(text: string): string[] {
  return text
    .split(/\r?\n/)
    .filter(line => !NOISE.test(line))
    .map(line => line.trim())
    .filter(line => line !== '')
}

function quote(text: string): string {
  const line = text.trim().split('\n', 1)[0] ?? ''
  return line.length > MAXIMUM_QUOTE_CHARACTERS ? `${line.slice(0, MAXIMUM_QUOTE_CHARACTERS)}…` : line
}

function formatSeconds(milliseconds: number): string {
  return (Math.round(milliseconds / 100) / 10).toString().replace('.', ',')
}
