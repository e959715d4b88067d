import { readdir, readFile, writeFile } from 'node:fs/promises'
import { pathToFileURL } from 'node:url'

/** A place where our cloud chose to answer otherwise than AWS. */
interface Difference {
  /** Relative to the repository, `/` separators. */
  readonly file: string
  /** What is different and why, as the comment says it, on one line. */
  readonly text: string
}

const repository = new URL('../', import.meta.url)
const marker = /^\s*(?:\/\/|\*)\s*DIFFERS:\s*(.*)$/
const continuation = /^\s*(?:\/\/|\*(?!\/))\s?(.*)$/

/** Where the list lives, from the repository's root. */
export const differencesPath = 'docs/diferencias.md'

/** Finds the differences that one source file declares. */
export function findDifferences(file: string, source: string): Difference[] {
  const lines = source.split(/\r?\n/)
  return lines.flatMap((line, index) => {
    const match = marker.exec(line)
    if (!match) return []
    return [
      {
        file,
        text: [match[1] ?? '', ...readContinuation(lines, index + 1)].join(' ').trim(),
      },
    ]
  })
}

function readContinuation(lines: readonly string[], from: number): string[] {
  const texts: string[] = []
  for (const line of lines.slice(from)) {
    const match = continuation.exec(line)
    if (!match || marker.test(line)) break
    texts.push((match[1] ?? '').trim())
  }
  return texts
}

/** The page that lists every difference below `src/`, grouped by folder. */
export async function renderDifferences(): Promise<string> {
  const differences = await collectDifferences()
  const folders = [...new Set(differences.map(({ file }) => folderOf(file)))]
  return `${[introduction, ...folders.map(folder => renderFolder(folder, differences))].join('\n\n')}\n`
}

const introduction = `<!-- Escrito por \`npx tsx scripts/list-differences.ts\`; no lo edites a mano. -->
# Diferencias con AWS

Cada vez que la nube local responde, a propósito, algo distinto de lo que responde AWS, el código lo marca con un
comentario \`// DIFFERS:\`. Esta página los reúne todos; están en inglés, como el resto del código. Lo que no está
escrito todavía (una operación que falta) no es una diferencia: responde 501 y dice su nombre. Lo que sí hay está en
[operaciones.md](operaciones.md).`

function renderFolder(folder: string, differences: readonly Difference[]): string {
  const items = differences
    .filter(({ file }) => folderOf(file) === folder)
    .map(({ file, text }) => `- ${text} ([${file.slice(folder.length + 1)}](../${file}))`)
  return `## ${folder}\n\n${items.join('\n')}`
}

function folderOf(file: string): string {
  return file
    .split('/')
    .slice(0, file.startsWith('src/services/') ? 3 : 2)
    .join('/')
}

async function collectDifferences(): Promise<Difference[]> {
  const files = await readdir(new URL('src/', repository), { recursive: true })
  const sources = files
    .filter(file => file.endsWith('.ts'))
    .map(file => `src/${file.replaceAll('\\', '/')}`)
    .sort()
  const found = await Promise.all(
    sources.map(async file => findDifferences(file, await readFile(new URL(file, repository), 'utf8'))),
  )
  return found.flat()
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  await writeFile(new URL(differencesPath, repository), await renderDifferences())
  console.log(`${differencesPath}: written`)
}
