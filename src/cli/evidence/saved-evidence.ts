import { rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { connectionFor } from '../../course/account.ts'
import type { GradeReport } from '../../course/report.ts'
import { firstFailing } from '../grading/failures.ts'
import type { EvidenceCommand } from '../screens/check-lines.ts'

/** The snapshot that `npx awslocal --evidencia` opens, relative to the repository. */
export const evidenceFolder = '.taller/evidencia'

/** In that folder: whose snapshot it is, so that nobody has to name the account. */
export const runFileName = 'corrida.json'

/** What the run file of a snapshot says. */
export interface EvidenceRun {
  readonly exercise: string
  readonly accountId: string
  readonly region: string
  readonly seed: number
}

/**
 * Runs a grading that saves snapshots into the folder that it is given, and keeps the one of the exercise that the screen shows in
 * detail, in place of the one before.
 */
export async function withSavedEvidence<Run extends { readonly report: GradeReport }>(
  root: string,
  grade: (stagingFolder: string) => Promise<Run>,
): Promise<Run> {
  const staging = join(root, `${evidenceFolder}.${process.pid}`)
  try {
    const run = await grade(staging)
    await keepEvidence(staging, join(root, evidenceFolder), run.report)
    return run
  } finally {
    await rm(staging, { recursive: true, force: true })
  }
}

async function keepEvidence(staging: string, folder: string, report: GradeReport): Promise<void> {
  const failing = firstFailing(report)
  if (failing === undefined || !(await moveFolder(join(staging, failing.exercise.id), folder))) return
  const { accountId, region } = connectionFor({ endpoint: '' }, report.seed)
  const run: EvidenceRun = { exercise: failing.exercise.id, accountId, region, seed: report.seed }
  await writeFile(join(folder, runFileName), `${JSON.stringify(run)}\n`)
}

/** How a student repeats the evidence of a finished run: from its snapshot, by the arguments alone. */
export const snapshotEvidence: EvidenceCommand = { line: args => `npx awslocal --evidencia ${args}` }

async function moveFolder(from: string, to: string): Promise<boolean> {
  try {
    await rm(to, { recursive: true, force: true })
    await rename(from, to)
    return true
  } catch (error) {
    // The cloud of that run could not save one; the command then says that there is none.
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false
    throw error
  }
}
