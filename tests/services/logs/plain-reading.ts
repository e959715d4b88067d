import fc from 'fast-check'

const blank = fc.constantFrom('', ' ', '  ', '\t')
/** Blanks to put between the tokens of a pattern. */
export const blanks = fc.array(blank, { minLength: 60, maxLength: 60 })

/** Joins the tokens of a pattern with blanks where any may stand. */
export function space(tokens: readonly string[], between: readonly string[]): string {
  return tokens.map((token, index) => token + (between[index % between.length] ?? '')).join('')
}

/** A regular expression that says what a text with wildcards says, by itself slow and plain. */
export function globExpression(text: string): RegExp {
  const pieces = text.split('*').map(piece => piece.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
  return new RegExp(`^(?:${pieces.join('[\\s\\S]*')})$`)
}
