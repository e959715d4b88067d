import type { ContextKeys } from './context-keys.ts'
import { compilePieces, type Pattern, type Piece, readPieces, variablesOf } from './pattern.ts'

/** Colon-separated parts of an ARN; the last one may hold colons. */
const arnSegments = 6

/**
 * Compiles a pattern of ARNs: wildcards do not reach over a colon but in the last part; parts left out are any.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
 */
export function compileArnPattern(text: string, rules: { readonly hasVariables: boolean }): Pattern {
  const pieces = readPieces(text, { ...rules, hasWildcards: true })
  if (pieces.length === 1 && pieces[0]?.kind === 'many') return { text, variables: [], matches: () => true }
  const segments = splitSegments(pieces).map(segment => compilePieces(segment, { ignoresCase: false }))
  return {
    text,
    variables: variablesOf(pieces),
    matches: (value, keys) => matchSegments(segments, value, keys),
  }
}

function matchSegments(segments: readonly Pattern['matches'][], value: string, keys: ContextKeys): boolean {
  let start = 0
  for (let index = 0; index < arnSegments; index++) {
    const isLast = index === arnSegments - 1
    const end = isLast ? value.length : value.indexOf(':', start)
    if (end === -1) return false
    const matches = segments[index]
    if (matches && !matches(value.slice(start, end), keys)) return false
    start = end + 1
  }
  return true
}

function splitSegments(pieces: readonly Piece[]): Piece[][] {
  const segments: Piece[][] = [[]]
  for (const piece of pieces) {
    if (piece.kind !== 'text') {
      segments.at(-1)?.push(piece)
      continue
    }
    const parts = piece.text.split(':')
    const room = arnSegments - segments.length
    const cut = parts.length > room ? [...parts.slice(0, room), parts.slice(room).join(':')] : parts
    cut.forEach((text, index) => {
      if (index > 0) segments.push([])
      if (text !== '') segments.at(-1)?.push({ kind: 'text', text })
    })
  }
  return segments
}
