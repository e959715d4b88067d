import type { ContextKeys } from './context-keys.ts'

/** A text of a policy that may hold wildcards and variables, ready to be matched. */
export interface Pattern {
  /** As the policy writes it. */
  readonly text: string
  /** Names of the variables that it needs a value for, lower case. */
  readonly variables: readonly string[]
  /** Whether it fits the whole of `value`; never when one of its variables has no value. */
  matches(value: string, keys: ContextKeys): boolean
}

/** What a pattern's place in the policy makes of its characters. */
export interface PatternRules {
  /** `*` and `?` stand for other characters. */
  readonly hasWildcards: boolean
  /** `${key}` stands for the request's value; since version 2012-10-17. */
  readonly hasVariables: boolean
  readonly ignoresCase: boolean
}

/** A piece of a pattern; `many` is `*`, `one` is `?`. */
export type Piece =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'many' }
  | { readonly kind: 'one' }
  | { readonly kind: 'variable'; readonly name: string; readonly fallback: string | undefined }

/** Compiles a pattern. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html */
export function compilePattern(text: string, rules: PatternRules): Pattern {
  const pieces = readPieces(text, rules)
  const match = compilePieces(pieces, rules)
  return { text, variables: variablesOf(pieces), matches: match }
}

/** The variables of a pattern that has no value of its own for them. */
export function variablesOf(pieces: readonly Piece[]): string[] {
  return pieces.flatMap(piece =>
    piece.kind === 'variable' && piece.fallback === undefined ? [piece.name] : [],
  )
}

/** Gives the function that matches a list of pieces against a whole text. */
export function compilePieces(
  pieces: readonly Piece[],
  { ignoresCase }: Pick<PatternRules, 'ignoresCase'>,
): Pattern['matches'] {
  const fold = ignoresCase ? (text: string) => text.toLowerCase() : (text: string) => text
  if (pieces.some(({ kind }) => kind === 'variable')) {
    return (value, keys) => {
      const glob = resolve(pieces, keys, fold)
      return glob !== undefined && fits(glob, fold(value))
    }
  }
  const glob = resolve(pieces, new Map(), fold) ?? []
  if (glob.length === 1 && glob[0] === many) return () => true
  const exact =
    glob.length === 0 ? '' : glob.length === 1 && typeof glob[0] === 'string' ? glob[0] : undefined
  if (exact !== undefined) return value => fold(value) === exact
  return value => fits(glob, fold(value))
}

/** Reads a policy's text into pieces: wildcards, variables, `${*}`, `${?}` and `${$}` for the characters themselves. */
export function readPieces(
  text: string,
  rules: Pick<PatternRules, 'hasWildcards' | 'hasVariables'>,
): Piece[] {
  const pieces: Piece[] = []
  const special = /\$\{([^{}]*)\}|[*?]/g
  let read = 0
  for (const found of text.matchAll(special)) {
    const piece = readSpecial(found[0], found[1], rules)
    if (!piece) continue
    if (found.index > read) pieces.push({ kind: 'text', text: text.slice(read, found.index) })
    pieces.push(piece)
    read = found.index + found[0].length
  }
  if (read < text.length) pieces.push({ kind: 'text', text: text.slice(read) })
  return pieces
}

function readSpecial(
  written: string,
  inside: string | undefined,
  { hasWildcards, hasVariables }: Pick<PatternRules, 'hasWildcards' | 'hasVariables'>,
): Piece | undefined {
  if (inside === undefined) {
    if (!hasWildcards) return undefined
    return written === '*' ? { kind: 'many' } : { kind: 'one' }
  }
  if (!hasVariables) return undefined
  if (inside === '*' || inside === '?' || inside === '$') return { kind: 'text', text: inside }
  const [, name = inside, fallback] = /^([^,]*?)\s*,\s*'(.*)'\s*$/s.exec(inside) ?? []
  return { kind: 'variable', name: name.trim().toLowerCase(), fallback }
}

const many = Symbol('any characters')
const one = Symbol('one character')
type Glob = readonly (string | typeof many | typeof one)[]

/** Puts the request's values in the variables' place; what they hold is literal. */
function resolve(
  pieces: readonly Piece[],
  keys: ContextKeys,
  fold: (text: string) => string,
): Glob | undefined {
  const glob: (string | typeof many | typeof one)[] = []
  for (const piece of pieces) {
    const part = resolvePiece(piece, keys)
    if (part === undefined) return undefined
    const last = glob.at(-1)
    if (typeof part !== 'string') glob.push(part)
    else if (typeof last === 'string') glob[glob.length - 1] = last + fold(part)
    else if (part !== '') glob.push(fold(part))
  }
  return glob
}

function resolvePiece(piece: Piece, keys: ContextKeys): Glob[number] | undefined {
  if (piece.kind === 'many') return many
  if (piece.kind === 'one') return one
  if (piece.kind === 'text') return piece.text
  const values = keys.get(piece.name)
  return values?.length === 1 ? values[0] : piece.fallback
}

/** Whether a text fits a glob; goes back at most to the last `*`, so that no pattern takes exponential time. */
function fits(glob: Glob, value: string): boolean {
  let part = 0
  let position = 0
  let retryPart = -1
  let retryPosition = 0
  while (position < value.length || part < glob.length) {
    const wanted = glob[part]
    if (wanted === many) {
      if (part === glob.length - 1) return true
      retryPart = ++part
      retryPosition = position
      continue
    }
    const length = wanted === one ? 1 : (wanted?.length ?? 0)
    const isMatch =
      wanted === one ? position < value.length : wanted !== undefined && value.startsWith(wanted, position)
    if (isMatch) {
      part += 1
      position += length
      continue
    }
    if (retryPart === -1 || retryPosition >= value.length) return false
    part = retryPart
    position = ++retryPosition
  }
  return true
}
