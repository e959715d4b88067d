import { join } from 'node:path'
import { bootstrapFolder } from './bootstrap-files.ts'
import { bootstrapSettings, type LaunchSources } from './launch-sources.ts'
import type { SandboxPlan } from './sandbox.ts'

/**
 * Starts a function on the machine's Python 3.
 *
 * DIFFERS: every `python` runtime runs on that version, and boto3 is there only where it is installed.
 */
export function launchPython(sources: LaunchSources): Pick<SandboxPlan, 'command' | 'args' | 'env'> {
  const { variables, opt, deployment } = sources
  const version = deployment.runtime.slice('python'.length)
  const packages = [join(opt, 'python', 'lib', `python${version}`, 'site-packages'), join(opt, 'python')]
  const path = [...(variables.PYTHONPATH === undefined ? [] : [variables.PYTHONPATH]), ...packages].join(':')
  return {
    command: 'python3',
    args: ['-u', '-B', join(bootstrapFolder, 'python', 'main.py')],
    env: { ...variables, PYTHONPATH: path, TALLER_SETTINGS: JSON.stringify(bootstrapSettings(sources)) },
  }
}
