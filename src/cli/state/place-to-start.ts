import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { GradeReport } from '../../course/report.ts'
import { failingLine, firstFailing } from '../grading/failures.ts'
import { type ExerciseEntry, exerciseFile } from '../manifest/manifest.ts'

/** Where a student goes on writing: the exercise's file with the line of its first `TODO`, e.g. `exercises/…/objetos.ts:14`. */
export async function placeToStart(root: string, entry: ExerciseEntry): Promise<string> {
  const file = exerciseFile(entry)
  const line = await firstTodoLine(join(root, file))
  return line === undefined ? file : `${file}:${line}`
}

/** The line to go to after a run: the one that the first failure names, else the first `TODO` of that exercise's file. */
export async function lineToOpen(root: string, report: GradeReport): Promise<number | undefined> {
  const failing = firstFailing(report)
  return failing && (failingLine(failing) ?? (await firstTodoLine(join(root, failing.file))))
}

/** The line of a file's first `TODO`, 1-based; `undefined` without one, or without the file. */
async function firstTodoLine(path: string): Promise<number | undefined> {
  try {
    const lines = (await readFile(path, 'utf8')).split('\n')
    const index = lines.findIndex(line => /\bTODO\b/.test(line))
    return index < 0 ? undefined : index + 1
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}
