import type { Message, OnResolveResult } from 'esbuild'
import { translateCompilerMessage } from './compiler-messages.ts'

/** Refuses an import in our own words. */
export function refuseImport(text: string): OnResolveResult {
  return { errors: [{ text, detail: 'own' }] }
}

/** What a student's code does not compile for, and the line as `file:line:column` where there is one. */
export interface CompilerProblem {
  readonly message: string
  readonly where?: string
}

/**
 * The first problem of a build that failed; `undefined` when it failed for another reason.
 * @param nameFile the student's name for a file that the compiler names; `undefined` for one that is not theirs
 */
export function describeFirstProblem(
  error: unknown,
  nameFile: (file: string) => string | undefined,
): CompilerProblem | undefined {
  const problem = firstProblem(error)
  if (problem === undefined) return undefined
  const message = problem.detail === 'own' ? problem.text : translateCompilerMessage(problem.text)
  const { location } = problem
  const file = location === null ? undefined : nameFile(location.file)
  if (location === null || file === undefined) return { message }
  return { message, where: `${file}:${location.line}:${location.column + 1}` }
}

function firstProblem(error: unknown): Message | undefined {
  if (!(error instanceof Error) || !('errors' in error) || !Array.isArray(error.errors)) return undefined
  return error.errors[0]
}
