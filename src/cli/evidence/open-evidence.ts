import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Evidence } from '../../awslocal/main.ts'
import { findRoot } from '../find-root.ts'
import { type EvidenceRun, evidenceFolder, runFileName } from './saved-evidence.ts'

/** Starts a cloud with what the last failed run left; `undefined` when there is none, or `folder` is not in the workshop. */
export async function openEvidence(folder: string): Promise<Evidence | undefined> {
  const root = findRoot(folder)
  const run = root && (await readRun(join(root, evidenceFolder)))
  if (!root || !run) return undefined
  const { startLocalCloud } = await import('../../local-cloud.ts')
  const cloud = await startLocalCloud({ port: 0, snapshot: join(root, evidenceFolder) })
  return { url: cloud.url, accessKeyId: run.accountId, close: () => cloud.close() }
}

async function readRun(folder: string): Promise<EvidenceRun | undefined> {
  try {
    return JSON.parse(await readFile(join(folder, runFileName), 'utf8'))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}
