import { delimiter, dirname, join } from 'node:path'
import { bootstrapFolder } from './bootstrap-files.ts'
import { bootstrapSettings, type LaunchSources } from './launch-sources.ts'
import { ownPackages } from './places.ts'
import type { SandboxPlan } from './sandbox.ts'

/**
 * Starts a function on this Node, under its permission model.
 *
 * DIFFERS: every `nodejs` runtime runs on the Node that runs the cloud; INIT_START says which one that is.
 */
export function launchNode(sources: LaunchSources): Pick<SandboxPlan, 'command' | 'args' | 'env'> {
  const isContained = sources.containment === 'contained'
  const variables: Record<string, string> = {
    ...sources.variables,
    NODE_PATH: nodePath(sources),
    ...narrowOptions(sources),
  }
  const settings = bootstrapSettings(sources)
  // A variable can make a program load others before its first line (NODE_OPTIONS, LD_PRELOAD): code of others gets
  // its variables when it already is where it has to stay.
  const env = isContained ? { PATH: '', TZ: variables.TZ ?? ':UTC' } : { ...variables }
  const own = isContained ? { ...settings, variables } : settings
  return {
    command: process.execPath,
    args: [...nodeFlags(sources), join(bootstrapFolder, 'node', 'main.cjs')],
    env: { ...env, ...systemVariables(), TALLER_SETTINGS: JSON.stringify(own) },
  }
}

/** A function's own options for Node, without those that would let it out of its folders. */
function narrowOptions({ variables }: LaunchSources): Record<string, string> {
  const { NODE_OPTIONS: options } = variables
  if (options === undefined) return {}
  const widening =
    /"?--(?:no[-_])?(?:allow[-_][\w-]+|(?:experimental[-_])?permission)(?:=\S*|\s+[^\s-]\S*)?"?/g
  return { NODE_OPTIONS: options.replace(widening, '').trim() }
}

function systemVariables(): Record<string, string> {
  return process.platform === 'win32' ? { SystemRoot: process.env.SystemRoot ?? '' } : {}
}

function nodePath({ opt, deployment, variables }: LaunchSources): string {
  const major = /^nodejs(\d+)/.exec(deployment.runtime)?.[1] ?? ''
  const own = [join(opt, 'nodejs', `node${major}`, 'node_modules'), join(opt, 'nodejs', 'node_modules')]
  return [...(variables.NODE_PATH === undefined ? [] : [variables.NODE_PATH]), ...own].join(delimiter)
}

function nodeFlags(sources: LaunchSources): string[] {
  const { memoryMegabytes } = sources.deployment
  return [
    ...permissionFlags(sources),
    ...quietFlags(),
    // The shares that AWS gives its own Node processes.
    `--max-old-space-size=${Math.max(32, Math.floor(memoryMegabytes * 0.9))}`,
    `--max-semi-space-size=${Math.max(1, Math.floor(memoryMegabytes * 0.05))}`,
  ]
}

/**
 * What of the system a function may read on a student's own machine, besides its own folders. Of processes only itself:
 * the environment of the others is none of its business.
 */
const systemFolders = [
  ...['/bin/', '/dev/', '/etc/', '/lib/', '/lib64/', '/sbin/', '/sys/', '/usr/', '/System/', '/Library/'],
  ...['/proc/self/', '/proc/cpuinfo', '/proc/meminfo', '/proc/stat', '/proc/loadavg'],
]

function permissionFlags({ containment, task, opt, temporary, root }: LaunchSources): string[] {
  const known = process.allowedNodeEnvironmentFlags
  const isContained = containment === 'contained'
  const readable = [task, opt, join(dirname(task), 'node_modules'), temporary, bootstrapFolder].map(asFolder)
  const shared = [join(root, 'functions', 'node_modules'), ownPackages()].map(asFolder)
  const flag = (name: string): string[] => (known.has(name) ? [name] : [])
  return [
    known.has('--permission') ? '--permission' : '--experimental-permission',
    ...(isContained ? readable : [...readable, ...shared, ...systemFolders]).map(
      folder => `--allow-fs-read=${folder}`,
    ),
    `--allow-fs-write=${asFolder(temporary)}`,
    ...flag('--allow-net'),
    ...(isContained
      ? []
      : [
          '--allow-child-process',
          '--allow-worker',
          '--allow-addons',
          '--allow-wasi',
          '--allow-inspector',
        ].flatMap(flag)),
  ]
}

function asFolder(path: string): string {
  return join(path, '/')
}

/** Keeps Node's notices about the flags that we gave it out of the function's log. */
function quietFlags(): string[] {
  if (!process.allowedNodeEnvironmentFlags.has('--disable-warning')) return ['--no-warnings']
  return ['--disable-warning=ExperimentalWarning', '--disable-warning=SecurityWarning']
}
