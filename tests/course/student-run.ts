import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import type { Connection } from '../../src/course/lab.ts'
import { createOutputLog, type OutputLog } from '../../src/course/student/output-log.ts'
import { type ContainedStudent, createStudent } from '../../src/course/student/student.ts'
import { createWorkspace, type Workspace } from '../../src/course/workspace.ts'

// The SDK's clients of the tests themselves would say on Node 20 that it is old.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true'

/** The repository under test. */
export const repository = resolve(import.meta.dirname, '../..')

/** Nothing listens there: for students that never call the cloud. */
export const noConnection: Connection = {
  endpoint: 'http://127.0.0.1:9',
  region: 'us-east-1',
  accountId: '123456789012',
  accessKeyId: '123456789012',
  secretAccessKey: 'test',
}

/** Writes files to a folder of their own. */
export function writeFolder(files: Readonly<Record<string, string>>): { folder: string; remove(): void } {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'student-files-')))
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) }
}

/** A student's code while it runs, and what a test may look at. */
export interface StudentRun {
  readonly student: ContainedStudent
  readonly workspace: Workspace
  readonly output: OutputLog
  /** The folder of the student's files. */
  readonly folder: string
}

/** Runs a test with a student whose file is `ejercicio.ts` among `files`, in a workspace that is gone afterwards. */
export async function withStudent(
  files: Readonly<Record<string, string>>,
  test: (run: StudentRun) => Promise<void>,
  connection: Connection = noConnection,
): Promise<void> {
  const { folder, remove } = writeFolder(files)
  const workspace = await createWorkspace({ repository })
  const output = createOutputLog()
  const source = { path: join(folder, 'ejercicio.ts') }
  const student = await createStudent({
    source,
    copyPath: 'exercises/9.0-prueba/ejercicio',
    workspace,
    connection,
    output,
  })
  try {
    await test({ student, workspace, output, folder })
  } finally {
    await student.close()
    workspace.remove()
    remove()
  }
}
