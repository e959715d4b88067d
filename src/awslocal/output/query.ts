import jmespath from 'jmespath'
import { CommandFailure } from '../failure.ts'

/** Picks a part of an answer. */
export type Query = (value: unknown) => unknown

/** Reads a JMESPath expression. https://jmespath.org */
export function compileQuery(expression: string): Query {
  try {
    compile(expression)
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new CommandFailure(`Bad value for --query ${expression}: ${reason}`)
  }
  return value => search(value, expression)
}

/** Evaluates an expression that is known to be right; `null` where it finds nothing. */
export function search(value: unknown, expression: string): unknown {
  return jmespath.search(value, expression) ?? null
}

/** The package compiles, though its types do not say so. */
function compile(expression: string): void {
  const { compile: parse } = jmespath as unknown as { compile: (text: string) => unknown }
  parse(expression)
}
