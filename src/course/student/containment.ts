import { join } from 'node:path'
import type { Connection } from '../lab.ts'
import type { Workspace } from '../workspace.ts'

/** Heap of a student's process, MiB. */
export const studentHeapMegabytes = 256

/** All the memory that a student's process may hold, Buffers included, MiB. */
export const maximumResidentMegabytes = 1024

/**
 * Where a student's program believes it is. Not UTC, so that a date that slips by the local zone is seen on every
 * machine alike.
 */
const studentTimeZone = 'America/Bogota'

/** The `node` flags that confine a student's process to its copy; see docs/contencion.md for what they hold. */
export function containmentFlags(workspace: Workspace): string[] {
  const known = process.allowedNodeEnvironmentFlags
  return [
    known.has('--permission') ? '--permission' : '--experimental-permission',
    ...[workspace.base, workspace.packages].map(folder => `--allow-fs-read=${join(folder, '/')}`),
    `--allow-fs-write=${join(workspace.copy, '/')}`,
    ...(known.has('--allow-net') ? ['--allow-net'] : []),
    ...quietFlags(known),
    `--max-old-space-size=${studentHeapMegabytes}`,
    '--enable-source-maps',
  ]
}

/** Keeps Node's notices about itself and about dependencies out of what the student reads. */
function quietFlags(known: ReadonlySet<string>): string[] {
  if (!known.has('--disable-warning')) return ['--no-warnings']
  return ['ExperimentalWarning', 'DeprecationWarning', 'SecurityWarning'].map(
    kind => `--disable-warning=${kind}`,
  )
}

/** The whole environment of a student's process: the run's cloud, and nothing of the grader's. */
export function studentEnvironment(
  { workspace, connection }: { readonly workspace: Workspace; readonly connection: Connection },
  overrides: Readonly<Record<string, string | undefined>> = {},
): Record<string, string> {
  const variables: Record<string, string | undefined> = {
    AWS_ENDPOINT_URL: connection.endpoint,
    AWS_ACCESS_KEY_ID: connection.accessKeyId,
    AWS_SECRET_ACCESS_KEY: connection.secretAccessKey,
    AWS_REGION: connection.region,
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    HOME: workspace.home,
    USERPROFILE: process.platform === 'win32' ? workspace.home : undefined,
    SystemRoot: process.platform === 'win32' ? process.env.SystemRoot : undefined,
    TMPDIR: workspace.temporary,
    TEMP: workspace.temporary,
    TMP: workspace.temporary,
    TZ: studentTimeZone,
    ...overrides,
  }
  return Object.fromEntries(
    Object.entries(variables).filter((entry): entry is [string, string] => entry[1] !== undefined),
  )
}
