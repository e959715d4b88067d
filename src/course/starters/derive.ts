import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { exitCodes, UserError } from '../../core/user-error.ts'
import type { Module } from '../exercise.ts'
import { exercisePath } from '../exercise-files.ts'
import { findRegions, type Region } from './regions.ts'
import { replaceFile } from './replace-file.ts'

/**
 * Derives a starter from its reference solution: each region becomes its statement as a `TODO` and an error that says
 * which function is missing; the rest stays.
 * @param file how to name the solution in messages, e.g. `solutions/9.2-s3-data-lake/objetos.ts`
 * @throws UserError `bad-region` naming each malformed marker as `file:line`; or when there is no region at all
 */
export function deriveStarter(solution: string, file: string): string {
  const { regions, problems } = findRegions(solution)
  if (problems.length > 0) {
    throw badRegion(problems.map(({ line, message }) => `${file}:${line} ${message}`).join('\n'))
  }
  if (regions.length === 0) throw badRegion(`${file}:1 no tiene ninguna región «// #region solucion …»`)
  const lines = solution.split('\n')
  for (const region of regions.toReversed()) {
    lines.splice(region.firstLine - 1, region.lastLine - region.firstLine + 1, ...describeGap(region))
  }
  return lines.join('\n')
}

function describeGap({ functionName, statement, indentation }: Region): string[] {
  const [first = '', ...more] = statement
  return [
    `// TODO: ${first}`,
    ...more.map(line => `// ${line}`),
    `throw new Error('Falta escribir ${functionName}')`,
  ].map(line => indentation + line)
}

function badRegion(message: string): UserError {
  return new UserError({ code: 'bad-region', message, nextStep: 'npm run derive', exitCode: exitCodes.usage })
}

/** What derivation did, or would do, with one starter. */
export interface Derivation {
  /** e.g. `exercises/9.2-s3-data-lake/objetos.ts` */
  readonly path: string
  readonly state: 'equal' | 'different' | 'absent'
  /** Where the file that was there before has been kept; only when it was written over. */
  readonly backup?: string
}

/** How the starters are derived. */
export interface DeriveOptions {
  /** Absolute path of the repository. */
  readonly repository: string
  readonly modules: readonly Module[]
  /** `check` only compares; `write` writes what differs, after keeping what was there. */
  readonly mode: 'check' | 'write'
}

/** Derives the starter of every exercise of the modules. */
export async function deriveAll({ repository, modules, mode }: DeriveOptions): Promise<Derivation[]> {
  const derivations: Derivation[] = []
  for (const module of modules) {
    for (const exercise of module.exercises) {
      const which = { module, exercise }
      const starter = await readStarter(repository, exercisePath('solutions', which))
      const path = exercisePath('exercises', which)
      derivations.push(await settle({ repository, path, starter, mode }))
    }
  }
  return derivations
}

/** The starter of the solution at a path relative to the repository. */
export async function readStarter(repository: string, solutionPath: string): Promise<string> {
  return deriveStarter(await readFile(join(repository, solutionPath), 'utf8'), solutionPath)
}

async function settle(options: {
  readonly repository: string
  readonly path: string
  readonly starter: string
  readonly mode: DeriveOptions['mode']
}): Promise<Derivation> {
  const { repository, path, starter, mode } = options
  const file = join(repository, path)
  const state = !existsSync(file)
    ? 'absent'
    : (await readFile(file, 'utf8')) === starter
      ? 'equal'
      : 'different'
  if (mode === 'check' || state === 'equal') return { path, state }
  const { backup } = await replaceFile({ repository, path, text: starter })
  return { path, state, ...(backup === undefined ? {} : { backup }) }
}
