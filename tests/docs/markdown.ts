import { readdir, readFile } from 'node:fs/promises'

/** The repository's root. */
export const repository = new URL('../../', import.meta.url)

/** A Markdown document of the repository. */
export interface Document {
  /** Relative to the repository, `/` separators. */
  readonly path: string
  readonly text: string
}

/** A fenced block of code. */
export interface FencedBlock {
  /** e.g. `bash`; empty when the fence names none. */
  readonly language: string
  readonly code: string
  /** The HTML comment on the line above the fence, e.g. `prueba`. */
  readonly mark: string | undefined
  /** 1-based line of the opening fence. */
  readonly line: number
}

/** A link or an image, inline Markdown or HTML. */
export interface Link {
  readonly target: string
  readonly line: number
}

const skippedFolders = new Set(['node_modules', 'dist', 'coverage', '.git', '.taller', '.respaldo'])

/** Every document of the repository, sorted by path. */
export async function readDocuments(): Promise<Document[]> {
  const paths = (await findMarkdown('')).sort()
  return Promise.all(
    paths.map(async path => ({ path, text: await readFile(new URL(path, repository), 'utf8') })),
  )
}

async function findMarkdown(folder: string): Promise<string[]> {
  const entries = await readdir(new URL(folder, repository), { withFileTypes: true })
  const nested = entries.map(entry => {
    if (entry.isDirectory())
      return skippedFolders.has(entry.name) ? [] : findMarkdown(`${folder}${entry.name}/`)
    return entry.name.endsWith('.md') ? [`${folder}${entry.name}`] : []
  })
  return (await Promise.all(nested)).flat()
}

/** The fenced blocks of a text, in order; indented fences are not supported and throw. */
export function findFencedBlocks(text: string): FencedBlock[] {
  const blocks: FencedBlock[] = []
  const lines = text.split('\n')
  let open: { fence: string; language: string; line: number; code: string[] } | undefined
  lines.forEach((line, index) => {
    const fence = /^(`{3,})\s*(\w*)/.exec(line)
    if (open && fence?.[1] === open.fence && !fence[2]) {
      const { language, line: opened, code } = open
      blocks.push({ language, code: code.join('\n'), mark: findMark(lines[opened - 2]), line: opened })
      open = undefined
    } else if (open) open.code.push(line)
    else if (fence) open = { fence: fence[1] ?? '', language: fence[2] ?? '', line: index + 1, code: [] }
  })
  if (open) throw new Error(`the fence of line ${open.line} is never closed`)
  return blocks
}

function findMark(line: string | undefined): string | undefined {
  return /^<!--\s*(.*?)\s*-->$/.exec(line ?? '')?.[1]
}

/** The text with the insides of its fences and code spans blanked, line numbers kept. */
export function withoutCode(text: string): string {
  let inside = false
  return text
    .split('\n')
    .map(line => {
      const isFence = /^`{3,}/.test(line)
      if (isFence) inside = !inside
      return inside || isFence ? '' : line.replaceAll(/(`+)[^`].*?\1/g, '')
    })
    .join('\n')
}

/** The links and images of a text, outside its code. */
export function findLinks(text: string): Link[] {
  const patterns = [
    /\]\(([^()\s]+(?:\([^()\s]*\))?[^()\s]*)(?:\s+"[^"]*")?\)/g,
    /(?:src|srcset|href)="([^"]+)"/g,
  ]
  return withoutCode(text)
    .split('\n')
    .flatMap((line, index) =>
      patterns.flatMap(pattern =>
        [...line.matchAll(pattern)].map(match => ({ target: match[1] ?? '', line: index + 1 })),
      ),
    )
}

/** The anchors that GitHub gives a document: its headings' slugs and its `<a id>`s. */
export function findAnchors(text: string): Set<string> {
  const anchors = new Set<string>()
  for (const heading of findHeadings(text)) {
    const slug = slugOf(heading)
    let unique = slug
    for (let count = 1; anchors.has(unique); count++) unique = `${slug}-${count}`
    anchors.add(unique)
  }
  for (const match of text.matchAll(/<a\s+(?:id|name)="([^"]+)"/g)) anchors.add(match[1] ?? '')
  return anchors
}

function findHeadings(text: string): string[] {
  const headings: string[] = []
  let inside = false
  for (const line of text.split('\n')) {
    if (/^`{3,}/.test(line)) inside = !inside
    const heading = inside ? undefined : /^#{1,6}\s+(.+?)\s*#*$/.exec(line)?.[1]
    if (heading !== undefined) headings.push(heading)
  }
  return headings
}

/** GitHub's rule: lower case, letters, digits, `_`, `-` and blanks kept, each blank a `-`. */
function slugOf(heading: string): string {
  const text = heading.replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1').replaceAll('`', '')
  return text
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{M}\p{N}_\- ]/gu, '')
    .replaceAll(' ', '-')
}
