import { existsSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { exitCodes, UserError } from '../../core/user-error.ts'
import { functionFolder, type SourceName } from '../../course/exercise-files.ts'
import type { CommandContext } from '../context.ts'
import { findNearMiss } from '../words/near-miss.ts'
import type { Request } from '../words/parse-words.ts'

/** A function of the workshop. */
export interface WorkshopFunction {
  /** Its folder's name, which is the function's as well. */
  readonly name: string
  /** Relative to the workshop, e.g. `lambdas/procesar-csv`. */
  readonly folder: string
}

/** The file that exports a function's handler. */
export const entryFile = 'index.ts'

/**
 * The function that the words name, the student's or the reference.
 * @throws UserError `no-function` when there is none of that name, or none was named
 */
export async function chooseFunction(request: Request, context: CommandContext): Promise<WorkshopFunction> {
  const source: SourceName = request.verb === 'solution' ? 'solutions' : 'exercises'
  const known = await listFunctions(context.root(), source)
  const name = request.functionName
  if (name !== undefined && known.includes(name)) return { name, folder: functionFolder(source, name) }
  throw noFunction({ name, known, source }, context)
}

/** The names of the folders that hold a function, in order. */
async function listFunctions(root: string, source: SourceName): Promise<string[]> {
  const folder = join(root, functionFolder(source, ''))
  if (!existsSync(folder)) return []
  const names = await readdir(folder)
  return names.filter(name => existsSync(join(folder, name, entryFile))).sort()
}

function noFunction(
  wanted: {
    readonly name: string | undefined
    readonly known: readonly string[]
    readonly source: SourceName
  },
  { messages: { lambda } }: CommandContext,
): UserError {
  const { name, known, source } = wanted
  const meant = name === undefined ? undefined : findNearMiss(name, known)
  const folder = functionFolder(source, '')
  const there = known.length === 0 ? lambda.noFunctions(folder) : lambda.thereAre(known.join(', '), folder)
  const message = name === undefined ? lambda.nameMissing : lambda.unknownFunction(name)
  return new UserError({
    code: 'no-function',
    message: `${message} ${there}`,
    nextStep: `npm run lambda ${meant ?? known[0] ?? 'ayuda'}`,
    exitCode: exitCodes.usage,
  })
}
