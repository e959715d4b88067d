import { findSelection, selectionWords } from '../manifest/find-selection.ts'
import type { Manifest, Selection } from '../manifest/manifest.ts'
import { type CommandName, type Grammar, grammars, type NumberWord, type WordSlots } from './grammar.ts'
import { findNearMiss } from './near-miss.ts'

/** What a command was asked to do. */
export interface Request extends WordSlots {
  readonly selection?: Selection
  /** The folder's name of a function, which may not be there. */
  readonly functionName?: string
}

/** Why words could not be understood; the command line says it in the person's language. */
export type WordProblem =
  | { readonly kind: 'unknown'; readonly word: string; readonly suggestion: string | undefined }
  | { readonly kind: 'conflict'; readonly first: string; readonly second: string }
  | ({ readonly kind: 'number'; readonly word: string; readonly value: string | undefined } & Pick<
      NumberWord,
      'minimum' | 'maximum'
    >)

/** Which words were not understood, and why. */
export interface WordErrorFacts {
  readonly command?: CommandName
  readonly words?: readonly string[]
  readonly problem: WordProblem
}

/** The words did not make sense; exit code 2. */
export class WordError extends Error {
  /** `undefined` when the command itself is unknown. */
  readonly command: CommandName | undefined
  readonly problem: WordProblem
  /** The words after the command, as they were written. */
  readonly words: readonly string[]

  constructor({ command, words = [], problem }: WordErrorFacts) {
    super(`words not understood: ${problem.kind}`)
    this.name = 'WordError'
    this.command = command
    this.words = words
    this.problem = problem
  }
}

/** The words of a command line after the command's name. */
export interface CommandLine {
  readonly command: CommandName
  readonly words: readonly string[]
  readonly manifest: Manifest
}

/** Reads the words that follow a command, in any order. Throws `WordError`. */
export function parseWords(line: CommandLine): Request {
  const { command, words } = line
  const filled = new Map<string, { word: string; value: unknown }>()
  const queue = words.flatMap(splitAssignment)
  for (let word = queue.shift(); word !== undefined; word = queue.shift()) {
    const slots = readWord({ ...line, word, rest: queue, grammar: grammars[command] })
    for (const [slot, value] of Object.entries(slots)) {
      const earlier = filled.get(slot)
      if (earlier && !isSame(earlier.value, value)) {
        const problem = { kind: 'conflict', first: earlier.word, second: word } as const
        throw new WordError({ command, words, problem })
      }
      filled.set(slot, { word, value })
    }
  }
  return Object.fromEntries([...filled].map(([slot, { value }]) => [slot, value]))
}

interface Reading extends CommandLine {
  readonly word: string
  /** The words after it; a number word takes its number from here. */
  readonly rest: string[]
  readonly grammar: Grammar
}

function readWord(reading: Reading): Request {
  const { word, words, rest, command, grammar, manifest } = reading
  const plain = normalizeWord(word)
  const numberWord = own(grammar.numbers, plain)
  if (numberWord) return { [numberWord.slot]: readNumber({ ...reading, ...numberWord, value: rest.shift() }) }
  const fixed = own(grammar.words, plain)
  if (fixed) return fixed
  const selection = grammar.selects === 'exercises' ? findSelection(manifest, word) : undefined
  if (selection) return { selection }
  const functionName = grammar.selects === 'functions' ? findFunctionName(word) : undefined
  if (functionName !== undefined) return { functionName }
  const suggestion = findNearMiss(plain, knownWords(grammar, manifest))
  throw new WordError({ command, words, problem: { kind: 'unknown', word, suggestion } })
}

/** `lambdas/procesar-csv/index.ts` and `solutions/lambdas/procesar-csv` name the same as `procesar-csv`. */
function findFunctionName(word: string): string | undefined {
  const path = word.replaceAll('\\', '/')
  return /^(?:\.\/)?(?:(?:solutions\/)?lambdas\/)?([\w-]+)\/?(?:index\.ts)?$/.exec(path)?.[1]
}

interface NumberReading extends NumberWord, Reading {
  readonly value: string | undefined
}

function readNumber({ command, words, word, value, minimum, maximum }: NumberReading): number {
  const number = value !== undefined && /^\d{1,10}$/.test(value) ? Number(value) : Number.NaN
  if (number >= minimum && number <= maximum) return number
  throw new WordError({ command, words, problem: { kind: 'number', word, value, minimum, maximum } })
}

/** Every word that a command understands here, for suggestions. */
function knownWords(grammar: Grammar, manifest: Manifest): string[] {
  const selections = grammar.selects === 'exercises' ? selectionWords(manifest) : []
  return [...Object.keys(grammar.words), ...Object.keys(grammar.numbers), ...selections]
}

/** `--Solución` → `solucion`: how words are compared. */
export function normalizeWord(word: string): string {
  return word.replace(/^-+/, '').normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
}

/** `semilla=5` and `--seed=5` say the same as `semilla 5`. */
function splitAssignment(word: string): string[] {
  const match = /^([^=]+)=(.*)$/.exec(word)
  return match ? [match[1] ?? '', match[2] ?? ''] : [word]
}

function own<Value>(table: Readonly<Record<string, Value>>, key: string): Value | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined
}

function isSame(left: unknown, right: unknown): boolean {
  return left === right || JSON.stringify(left) === JSON.stringify(right)
}
