import { UsageError } from '../failure.ts'
import { convertWords } from './convert.ts'
import type { FilterUse, Option, ParsedArguments, ParsedValue } from './option.ts'
import { destinationOf, shownName } from './option.ts'

interface Scan {
  readonly options: readonly Option[]
  readonly words: readonly string[]
  /** `O` an option, `A` a word, `-` the separator `--`; one letter per word. */
  readonly pattern: string
  readonly optionAt: ReadonlyMap<number, FoundOption>
  readonly values: Map<string, ParsedValue>
  readonly seen: Set<Option>
  readonly rest: string[]
  pendingPositionals: readonly Option[]
}

interface FoundOption {
  /** Absent when no option has this name: the word is handed on. */
  readonly option?: Option
  /** After `=`, e.g. `--key=value`. */
  readonly attached?: string
}

/**
 * Reads what it knows from a command line and hands on the rest, by the rules of the AWS CLI's parser (Python's argparse):
 * options anywhere, unambiguous abbreviations, `--key=value`, positional words where they fit.
 */
export function parseKnownArguments(options: readonly Option[], words: readonly string[]): ParsedArguments {
  const scan = startScan(options, words)
  const lastOption = Math.max(-1, ...scan.optionAt.keys())
  let index = 0
  while (index <= lastOption) index = advance(scan, index)
  const end = takePositionals(scan, index)
  scan.rest.push(...words.slice(end))
  requireAll(scan)
  return { values: scan.values, rest: scan.rest }
}

function startScan(options: readonly Option[], words: readonly string[]): Scan {
  const optionAt = new Map<number, FoundOption>()
  let pattern = ''
  let separated = false
  for (const [index, word] of words.entries()) {
    const found = separated ? undefined : findOption(options, word)
    if (found !== undefined) optionAt.set(index, found)
    if (word === '--' && !separated) {
      pattern += '-'
      separated = true
    } else pattern += found === undefined ? 'A' : 'O'
  }
  return {
    options,
    words,
    pattern,
    optionAt,
    values: initialValues(options),
    seen: new Set(),
    rest: [],
    pendingPositionals: options.filter(option => option.positional === true),
  }
}

function initialValues(options: readonly Option[]): Map<string, ParsedValue> {
  const values = new Map<string, ParsedValue>()
  for (const option of options) {
    if (option.initial !== undefined) values.set(destinationOf(option), option.initial)
  }
  return values
}

function advance(scan: Scan, index: number): number {
  const nextOption = Math.min(...[...scan.optionAt.keys()].filter(at => at >= index))
  if (index !== nextOption) {
    const end = takePositionals(scan, index)
    if (end > index) return end
    scan.rest.push(...scan.words.slice(index, nextOption))
  }
  return takeOption(scan, nextOption)
}

function findOption(options: readonly Option[], word: string): FoundOption | undefined {
  if (!word.startsWith('-') || word === '-' || word === '--') return undefined
  const exact = options.find(option => shownName(option) === word)
  if (exact) return { option: exact }
  const equals = word.indexOf('=')
  const name = equals === -1 ? word : word.slice(0, equals)
  const attached = equals === -1 ? {} : { attached: word.slice(equals + 1) }
  const named = options.find(option => shownName(option) === name)
  if (named) return { option: named, ...attached }
  const candidates = word.startsWith('--') ? options.filter(option => shownName(option).startsWith(name)) : []
  if (candidates.length > 1) {
    throw new UsageError(`ambiguous option: ${word} could match ${candidates.map(shownName).join(', ')}`)
  }
  if (candidates[0]) return { option: candidates[0], ...attached }
  if (/^-\d+$|^-\d*\.\d+$/.test(word) || word.includes(' ')) return undefined
  return {}
}

function takeOption(scan: Scan, index: number): number {
  const found = scan.optionAt.get(index)
  const word = scan.words[index] ?? ''
  if (found?.option === undefined) {
    scan.rest.push(word)
    return index + 1
  }
  const { option, attached } = found
  scan.seen.add(option)
  if (attached !== undefined) {
    if (option.arity === 0)
      throw new UsageError(`argument ${shownName(option)}: ignored explicit argument '${attached}'`)
    store(scan, option, [attached])
    return index + 1
  }
  const taken = countWords(option, scan.pattern.slice(index + 1))
  store(scan, option, withoutSeparator(scan.words.slice(index + 1, index + 1 + taken)))
  return index + 1 + taken
}

/** How many of the following words belong to the option, the separator `--` included. */
function countWords(option: Option, pattern: string): number {
  const match = new RegExp(`^${arityPattern(option)}`).exec(pattern)
  if (match === null) throw new UsageError(`argument ${shownName(option)}: ${expectedWords(option)}`)
  return match[0].length
}

function arityPattern(option: Option): string {
  const arity = option.arity ?? 1
  if (arity === '?') return option.positional === true ? '-*A?-*' : 'A?'
  if (arity === '*') return option.positional === true ? '-*[A-]*' : 'A*'
  if (arity === '+') return option.positional === true ? '-*A[A-]*' : 'A+'
  const words = Array.from({ length: arity }, () => 'A')
  return option.positional === true ? `-*${words.join('-*')}-*` : words.join('')
}

function expectedWords(option: Option): string {
  const { arity } = option
  if (arity === undefined) return 'expected one argument'
  if (arity === '?') return 'expected at most one argument'
  if (arity === '+' || arity === '*') return 'expected at least one argument'
  return arity === 1 ? 'expected 1 argument' : `expected ${arity} arguments`
}

/** Gives as many pending positional arguments as fit from `index` on, and says where the words that fit end. */
function takePositionals(scan: Scan, index: number): number {
  const pattern = scan.pattern.slice(index)
  for (let count = scan.pendingPositionals.length; count > 0; count--) {
    const candidates = scan.pendingPositionals.slice(0, count)
    const match = new RegExp(`^${candidates.map(option => `(${arityPattern(option)})`).join('')}`).exec(
      pattern,
    )
    if (match === null) continue
    let at = index
    for (const [position, option] of candidates.entries()) {
      const length = match[position + 1]?.length ?? 0
      scan.seen.add(option)
      store(scan, option, withoutSeparator(scan.words.slice(at, at + length)))
      at += length
    }
    scan.pendingPositionals = scan.pendingPositionals.slice(count)
    return at
  }
  return index
}

function withoutSeparator(words: readonly string[]): readonly string[] {
  const at = words.indexOf('--')
  return at === -1 ? words : [...words.slice(0, at), ...words.slice(at + 1)]
}

function store(scan: Scan, option: Option, words: readonly string[]): void {
  const destination = destinationOf(option)
  const value = convertWords(option, words)
  if (option.collect === 'filter') {
    const uses = (scan.values.get(destination) ?? []) as readonly FilterUse[]
    scan.values.set(destination, [...uses, { option: option.name, pattern: words[0] ?? '' }])
  } else if (option.collect === 'words') {
    const lists = (scan.values.get(destination) ?? []) as readonly (readonly string[])[]
    scan.values.set(destination, [...lists, words])
  } else if (value !== undefined) {
    scan.values.set(destination, value)
  }
}

function requireAll(scan: Scan): void {
  const missing = scan.options.filter(option => isRequired(option) && !scan.seen.has(option))
  if (missing.length === 0) return
  throw new UsageError(`the following arguments are required: ${missing.map(shownName).join(', ')}`)
}

function isRequired(option: Option): boolean {
  if (option.required !== undefined) return option.required
  return option.positional === true && option.arity !== '?' && option.arity !== '*'
}
