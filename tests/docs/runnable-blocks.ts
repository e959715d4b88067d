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

/** Makes a temporary clone for the blocks to run in: this tree's files, with the installed packages and the build linked. */
export async function createClone(): Promise<{ readonly folder: string; remove(): Promise<void> }> {
  const root = fileURLToPath(repository)
  const folder = await mkdtemp(join(await realpath(tmpdir()), 'taller-docs-'))
  for (const name of await readdir(root)) {
    if (!notCopied.has(name)) await cp(join(root, name), join(folder, name), { recursive: true })
  }
  for (const name of ['node_modules', 'dist']) await symlink(join(root, name), join(folder, name), 'junction')
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) }
}

/** Runs a block in the clone against the cloud at `endpoint`, as a student would with the variables of the lesson. */
export async function runBlock(
  block: RunnableBlock,
  { folder, endpoint }: { readonly folder: string; readonly endpoint: string },
): Promise<BlockResult> {
  const script = join(folder, 'bloque.ts')
  if (block.language === 'ts') await writeFile(script, block.code)
  const command =
    block.language === 'ts' ? ['npx', 'tsx', script] : ['bash', '-euo', 'pipefail', '-c', block.code]
  return run(command, folder, {
    ...process.env,
    AWS_ENDPOINT_URL: endpoint,
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_REGION: 'us-east-1',
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    NO_COLOR: '1',
    npm_config_loglevel: 'silent',
  })
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

/** Whether an output is the one that the document shows; dates, durations, seeds and `…` stand for any text. */
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
    .replaceAll(/\d{4}-\d{2}-\d{2}[ T]\d{2}:\d{2}:\d{2}(?:[+.]\S*)?/g, 'FECHA')
    .replaceAll(/\d+(?:,\d+)? (s|ms)\b/g, 'N $1')
    .replaceAll(/semilla \d+/g, 'semilla N')
    .replaceAll(/[ \t]+$/gm, '')
    .trim()
}

function quote(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)
}
