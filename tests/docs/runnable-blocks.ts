import { spawn } from 'node:child_process'
import { cp, mkdtemp, readdir, realpath, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type FencedBlock, findFencedBlocks, repository } from './markdown.ts'

/** A block that must run as printed: marked `<!-- prueba -->`, or `<!-- prueba: sale con 1 -->`. */
export interface RunnableBlock {
  readonly line: number
  readonly language: 'bash' | 'ts'
  readonly code: string
  readonly exitCode: number
  /** What the `<!-- salida -->` block after it shows, if there is one. */
  readonly output: string | undefined
}

/** How a block ended. */
export interface BlockResult {
  readonly exitCode: number | null
  /** Both streams, in the order in which they arrived. */
  readonly output: string
}

const runMark = /^prueba(?:: sale con (\d))?$/
const outputMark = 'salida'

/** The runnable blocks of a document, in order; a mark that means nothing throws. */
export function findRunnableBlocks(text: string): RunnableBlock[] {
  const blocks = findFencedBlocks(text)
  return blocks.flatMap((block, index) => {
    const match = runMark.exec(block.mark ?? '')
    if (!match) return checkMark(block, blocks[index - 1])
    if (block.language !== 'bash' && block.language !== 'ts')
      throw new Error(`line ${block.line}: only bash and ts run`)
    const next = blocks[index + 1]
    const output = next?.mark === outputMark ? next.code : undefined
    return [
      {
        line: block.line,
        language: block.language,
        code: block.code,
        exitCode: Number(match[1] ?? 0),
        output,
      },
    ]
  })
}

function checkMark({ mark, line }: FencedBlock, previous: FencedBlock | undefined): [] {
  if (mark?.startsWith('prueba')) throw new Error(`line ${line}: «${mark}» is not a mark`)
  if (mark === outputMark && !runMark.test(previous?.mark ?? ''))
    throw new Error(`line ${line}: output of no block`)
  return []
}

const notCopied = new Set(['node_modules', 'dist', 'coverage', '.git', '.taller', '.respaldo', 'tests'])

/** A temporary copy of this tree. */
export interface Clone {
  readonly folder: string
  remove(): Promise<void>
}

/** Makes a temporary clone for the blocks to run in: this tree's files, with the installed packages linked, and built. */
export async function createClone(): Promise<Clone> {
  const root = fileURLToPath(repository)
  const folder = await mkdtemp(join(await realpath(tmpdir()), 'taller-docs-'))
  for (const name of await readdir(root)) {
    if (!notCopied.has(name) && !name.startsWith('dist.'))
      await cp(join(root, name), join(folder, name), { recursive: true })
  }
  await symlink(join(root, 'node_modules'), join(folder, 'node_modules'), 'junction')
  const { exitCode, output } = await run(['node', join('scripts', 'build.mjs')], folder, process.env)
  if (exitCode !== 0) throw new Error(`the clone cannot be built: ${output}`)
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) }
}

/**
 * `npx` takes longer to find our command than the command to run; a test runs the real one, the blocks go straight
 * to what it finds.
 */
const directNpx =
  'npx() { case $1 in awslocal) shift; node bin/awslocal.mjs "$@";; *) command npx "$@";; esac; }\n'

/** Runs a block in the clone against the cloud at `endpoint`, as a student would with the variables of the lesson. */
export async function runBlock(
  block: RunnableBlock,
  { folder, endpoint }: { readonly folder: string; readonly endpoint: string },
): Promise<BlockResult> {
  if (block.language === 'bash') return runShell(directNpx + block.code, { folder, endpoint })
  const script = join(folder, 'bloque.ts')
  await writeFile(script, block.code)
  return run(['node', join('node_modules', 'tsx', 'dist', 'cli.mjs'), script], folder, environment(endpoint))
}

/** Runs a line of the shell in the clone, stopping at the first command that fails. */
export function runShell(
  code: string,
  { folder, endpoint }: { readonly folder: string; readonly endpoint: string },
): Promise<BlockResult> {
  return run(['bash', '-euo', 'pipefail', '-c', code], folder, environment(endpoint))
}

/** This process's environment, with the lesson's variables and nothing that would colour or translate an output. */
function environment(endpoint: string): NodeJS.ProcessEnv {
  const { FORCE_COLOR: _color, TALLER_LANG: _language, ...inherited } = process.env
  return {
    ...inherited,
    AWS_ENDPOINT_URL: endpoint,
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_REGION: 'us-east-1',
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    NO_COLOR: '1',
    npm_config_loglevel: 'silent',
  }
}

function run([program = '', ...args]: string[], cwd: string, env: NodeJS.ProcessEnv): Promise<BlockResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] })
    const pieces: Buffer[] = []
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (piece: Buffer) => pieces.push(piece))
    child.once('error', reject)
    child.once('close', exitCode => resolve({ exitCode, output: Buffer.concat(pieces).toString('utf8') }))
  })
}

/** Whether an output is the one that the document shows; dates, durations and seeds are not compared, `…` is any text. */
export function showsOutput(shown: string, output: string): boolean {
  const lines = withoutPassing(shown).split('\n')
  const pattern = lines.map(line =>
    line.trim() === '…' ? '(?:.*\n)*?' : `${line.split('…').map(quote).join('.*')}\n`,
  )
  return new RegExp(`^${pattern.join('')}$`).test(`${withoutPassing(output)}\n`)
}

/** Blanks what differs from one run to the next, and blanks at the ends of lines. */
function withoutPassing(text: string): string {
  return text
    .replaceAll(/[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT/g, 'FECHA')
    .replaceAll(/\d{4}-\d{2}-\d{2}[ T]\d{2}:\d{2}:\d{2}(?:[+.]\S*)?/g, 'FECHA')
    .replaceAll(/\d+(?:,\d+)? (s|ms)\b/g, 'N $1')
    .replaceAll(/semilla \d+/g, 'semilla N')
    .replaceAll(/ {2,}/g, '  ')
    .replaceAll(/[ \t]+$/gm, '')
    .trim()
}

function quote(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)
}
