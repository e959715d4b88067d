import type { CommandContext } from '../context.ts'
import { readProgress } from './progress-file.ts'
import { readStandings, type StandingEntry } from './standing.ts'

/** Where the student stands with every exercise; says so when the file that remembers it had to be put aside. */
export async function readCourseState(context: CommandContext): Promise<StandingEntry[]> {
  const { progress, brokenFile } = await readProgress(context.root())
  if (brokenFile !== undefined) {
    context.terminal.print([context.messages.errors.progressBroken(brokenFile), ''])
  }
  return readStandings(context.root(), await context.manifest(), progress)
}
