import { rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { connectionFor } from '../../course/account.ts'
import type { GradeReport } from '../../course/report.ts'
import type { EvidenceCommand } from '../screens/check-lines.ts'
import { firstFailing } from './failures.ts'

/** The snapshot that `npx awslocal --evidencia` opens, relative to the repository. */
export const evidenceFolder = '.taller/evidencia'

/** In that folder: whose snapshot it is, so that nobody has to name the account. */
const runFileName = 'corrida.json'

/** What the run file of a snapshot says. */
export interface EvidenceRun {
  readonly exercise: string
  readonly accountId: string
  readonly region: string
  readonly seed: number
}

/** Where the snapshots of a run in progress go; absolute. */
export function stagingFolder(root: string): string {
  return join(root, `${evidenceFolder}.${process.pid}`)
}

/** Keeps the snapshot of the exercise that the screen shows in detail, in place of the one before, and drops the others. */
export async function keepEvidence(root: string, report: GradeReport): Promise<void> {
  const staging = stagingFolder(root)
  const folder = join(root, evidenceFolder)
  const failing = firstFailing(report)
  if (failing !== undefined && (await moveFolder(join(staging, failing.exercise.id), folder))) {
    const { accountId, region } = connectionFor({ endpoint: '' }, report.seed)
    const run: EvidenceRun = { exercise: failing.exercise.id, accountId, region, seed: report.seed }
    await writeFile(join(folder, runFileName), `${JSON.stringify(run)}\n`)
  }
  await rm(staging, { recursive: true, force: true })
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
