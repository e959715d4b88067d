import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { GradeReport } from '../report.ts'
import { formatJson } from './json.ts'
import { formatJunit } from './junit.ts'

/** Where machine reports go, relative to the repository. */
export const reportFolder = '.taller/notas'

/** The forms of a machine report. */
export type ReportFormat = 'json' | 'junit'

const formats = {
  json: { extension: 'json', format: formatJson },
  junit: { extension: 'xml', format: formatJunit },
} as const satisfies Record<ReportFormat, unknown>

/**
 * Writes a run's machine report to `.taller/notas/<time>.json` or `.xml`.
 * @returns its path relative to the repository, `/` separators.
 */
export async function writeReport(
  repository: string,
  report: GradeReport,
  as: ReportFormat,
): Promise<string> {
  const { extension, format } = formats[as]
  const time = report.startedAt.toISOString().slice(0, 19).replaceAll(':', '-')
  const path = `${reportFolder}/${time}.${extension}`
  await mkdir(join(repository, reportFolder), { recursive: true })
  await writeFile(join(repository, path), format(report))
  return path
}
