import type { HintRule, HintScope, Seen } from '../../../cloud/hints/hint.ts'
import { readAll } from '../functions/code.ts'
import { timeoutSeconds as timeoutLimits } from '../limits.ts'
import type { FunctionVersion, LambdaState } from '../state.ts'

/** A rule about invocations that failed with one of some error types. */
function failureRule(
  id: string,
  types: readonly string[],
  find: (failed: FailedInvocation) => ReturnType<HintRule['find']>,
): HintRule<LambdaState> {
  return {
    id,
    on: 'invocation',
    find: (seen, scope) => {
      const failed = failedInvocation(seen, scope)
      return failed && types.includes(failed.type) ? find(failed) : undefined
    },
  }
}

interface FailedInvocation {
  readonly name: string
  readonly version: FunctionVersion
  readonly type: string
  readonly message: string
  readonly blobs: HintScope['blobs']
}

function failedInvocation(
  { line }: Seen,
  { state, blobs }: HintScope<LambdaState>,
): FailedInvocation | undefined {
  const error = line.invocation?.error
  const version = state.functions.get(line.operation)?.latest
  return error && version && { ...error, name: line.operation, version, blobs }
}

/** The default of three seconds is short for anything that reads files. */
const timedOut = failureRule('lambda.timed-out', ['Sandbox.Timedout'], ({ name, version }) => {
  const { timeoutSeconds } = version.settings
  const isDefault = timeoutSeconds === timeoutLimits.default
  const proposed = String(Math.min(Math.max(timeoutSeconds * 2, 30), timeoutLimits.maximum))
  return {
    facts: { function: name, seconds: String(timeoutSeconds), isDefault: String(isDefault) },
    tryIt: ['lambda', 'update-function-configuration', '--function-name', name, '--timeout', proposed],
  }
})

const outOfMemory = failureRule('lambda.out-of-memory', ['Runtime.OutOfMemory'], ({ name, version }) => {
  const { memoryMegabytes } = version.settings
  const proposed = String(memoryMegabytes * 2)
  return {
    facts: { function: name, megabytes: String(memoryMegabytes) },
    tryIt: ['lambda', 'update-function-configuration', '--function-name', name, '--memory-size', proposed],
  }
})

/** The zip was made of a folder: what should lie at its root lies below. */
const zippedFolder = failureRule(
  'lambda.zipped-folder',
  ['Runtime.ImportModuleError'],
  async ({ name, version, blobs, message }) => {
    const { file } = splitHandler(version.settings.handler)
    if (!isAbout(message, file)) return undefined
    const files = await filesOf(version, blobs)
    const inside = files.find(
      path => path.includes('/') && isSourceOf(path.slice(path.indexOf('/') + 1), file),
    )
    if (inside === undefined || files.some(path => isSourceOf(path, file))) return undefined
    return {
      facts: { function: name, handler: version.settings.handler, found: inside },
      tryIt: ['lambda', 'get-function', '--function-name', name, '--query', 'Code.Location'],
    }
  },
)

/** The part of the handler before its dot names a file that the zip does not have. */
const absentFile = failureRule(
  'lambda.handler-file-absent',
  ['Runtime.ImportModuleError'],
  async ({ name, version, blobs, message }) => {
    const { handler } = version.settings
    const { file } = splitHandler(handler)
    if (!isAbout(message, file)) return undefined
    const files = await filesOf(version, blobs)
    if (files.some(path => isSourceOf(path, file))) return undefined
    const shown = files.filter(path => /\.([cm]?js|py)$/.test(path)).slice(0, 3)
    return {
      facts: {
        function: name,
        handler,
        file,
        files: (shown.length > 0 ? shown : files.slice(0, 3)).join(', '),
      },
      tryIt: getHandler(name),
    }
  },
)

/** The file is there, and does not export what the handler names. */
const absentExport = failureRule(
  'lambda.handler-not-exported',
  ['Runtime.HandlerNotFound'],
  ({ name, version }) => {
    const { handler } = version.settings
    const { file, property } = splitHandler(handler)
    return { facts: { function: name, handler, file, property }, tryIt: getHandler(name) }
  },
)

const malformedHandler = failureRule(
  'lambda.handler-malformed',
  ['Runtime.MalformedHandlerName'],
  ({ name, version }) => ({
    facts: { function: name, handler: version.settings.handler },
    tryIt: getHandler(name),
  }),
)

function getHandler(name: string): string[] {
  return ['lambda', 'get-function-configuration', '--function-name', name, '--query', 'Handler']
}

/** `dist/index.handler`: the file without its extension, and what it exports. */
function splitHandler(handler: string): { readonly file: string; readonly property: string } {
  const [, file = handler, property = ''] = /^((?:.*\/)?[^/.]*)\.([^/]*)$/.exec(handler) ?? []
  return { file, property }
}

/** A package that is missing is told by the same error as a handler's file. */
function isAbout(message: string, file: string): boolean {
  const name = file.slice(file.lastIndexOf('/') + 1)
  return message.includes(`'${name}'`) || message.includes(`/${name}'`) || message.includes(`'${file}'`)
}

function isSourceOf(path: string, file: string): boolean {
  return path.replace(/\.([cm]?js|py)$/, '') === file && path !== file
}

async function filesOf({ code }: FunctionVersion, blobs: HintScope['blobs']): Promise<string[]> {
  const { readZipEntries } = await import('../code/entries.ts')
  const entries = await readZipEntries(await readAll(blobs.read(code.blob)))
  return entries.filter(({ kind }) => kind === 'file').map(({ name }) => name)
}

/** Invocations that failed for how the function is configured or packed. */
export const failureRules = [timedOut, outOfMemory, zippedFolder, absentFile, absentExport, malformedHandler]
