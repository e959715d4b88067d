import { access, readdir, readFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { posix } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { courseModules } from '../../modules/index.ts'
import { differencesPath, findDifferences, renderDifferences } from '../../scripts/list-differences.ts'
import { operationsPath, renderOperations } from '../../scripts/list-operations.ts'
import { hintsEs } from '../../src/cli/messages/hints/es.ts'
import { type Module, totalPoints } from '../../src/course/exercise.ts'
import { exercisePath } from '../../src/course/exercise-files.ts'
import { type Document, findAnchors, findLinks, readDocuments, repository, withoutCode } from './markdown.ts'

const documents = await readDocuments()
const byPath = new Map(documents.map(document => [document.path, document]))

describe('links', () => {
  test.each(documents)('every link and anchor of $path leads somewhere', async document => {
    expect(await findBrokenLinks(document)).toEqual([])
  })

  test('a broken link, anchor and image are found', async () => {
    const text = '# Título\n[a](#título) [b](#otro) [c](no-existe.md) ![d](docs/no.svg) <img src="no.png">'
    expect(await findBrokenLinks({ path: 'canario.md', text })).toEqual([
      '2: #otro',
      '2: no-existe.md',
      '2: docs/no.svg',
      '2: no.png',
    ])
  })
})

describe('commands', () => {
  test('every `npm run …` of the documents is in package.json', async () => {
    const { scripts } = JSON.parse(await read('package.json')) as { scripts: Record<string, string> }
    const mentioned = documents.flatMap(({ path, text }) =>
      [...text.matchAll(/npm run ([a-z][\w:-]*)/g)].map(match => ({ path, script: match[1] ?? '' })),
    )
    expect(mentioned.length).toBeGreaterThan(0)
    expect(mentioned.filter(({ script }) => !Object.hasOwn(scripts, script))).toEqual([])
  })
})

describe('no trace of one machine', () => {
  const ownFolders = [fileURLToPath(repository), `${homedir()}/`]
  const foreign = /\/home\/\w|\/Users\/\w|[A-Z]:\\Users|\bregistry\.[a-z]+\.\w/
  test.each(documents)('$path names no folder of a machine and no registry', ({ text }) => {
    const traces = text
      .split('\n')
      .filter(line => foreign.test(line) || ownFolders.some(folder => line.includes(folder)))
    expect(traces).toEqual([])
  })
})

test('no document is left unfinished', () => {
  expect(documents.filter(({ text }) => /PENDIENTE|TODO:|FIXME/.test(withoutCode(text)))).toEqual([])
})

describe('generated pages', () => {
  test.each([
    { path: differencesPath, render: renderDifferences, script: 'list-differences' },
    { path: operationsPath, render: renderOperations, script: 'list-operations' },
  ])('$path says what the code says', async ({ path, render, script }) => {
    expect(await read(path), `run: npx tsx scripts/${script}.ts`).toBe(await render())
  })

  test('a difference is read to the end of its comment', () => {
    const source = [
      'const a = 1',
      '  // DIFFERS: one line',
      '  // and its second',
      'const b = 2',
      '// DIFFERS: another',
    ]
    expect(findDifferences('src/a.ts', source.join('\n'))).toEqual([
      { file: 'src/a.ts', text: 'one line and its second' },
      { file: 'src/a.ts', text: 'another' },
    ])
  })
})

describe('figures', async () => {
  const figures = (await listFigures()).sort()

  test('there are figures', () => expect(figures.length).toBeGreaterThan(0))

  test.each(figures)('%s stands alone, is described, and some document shows it', async figure => {
    const svg = await read(figure)
    expect(svg).toMatch(/<svg [^>]*viewBox="0 0 \d+ \d+"/)
    expect(svg).toMatch(/<title[^>]*>[^<]+<\/title>\s*<desc[^>]*>[^<]+<\/desc>/)
    expect(svg, 'GitHub shows neither scripts nor files from elsewhere').not.toMatch(
      /<script|href="(?!#)|url\((?!#)/,
    )
    expect(documents.some(({ path, text }) => targetsOf(path, text).includes(figure))).toBe(true)
  })
})

describe('modules', () => {
  test('tables of mistakes quote checks that exist, by their titles', () => {
    const quoted = courseModules.flatMap(module => {
      const titles = module.exercises.flatMap(({ checks }) => checks.map(({ title }) => title))
      return quotedChecks(readmeOf(module)).map(title => ({ title, exists: titles.includes(title) }))
    })
    expect(quoted.length).toBeGreaterThan(0)
    expect(quoted.filter(({ exists }) => !exists)).toEqual([])
  })

  test.each(courseModules)('the README of $id tells the points of each exercise', module => {
    const text = readmeOf(module)
    for (const exercise of module.exercises) {
      expect(text).toContain(exercisePath('exercises', { module, exercise }))
      expect(text).toContain(`${totalPoints(exercise)} puntos`)
    }
  })
})

test('every hint of the cloud has its example, and no other', () => {
  const text = byPath.get('docs/pistas.md')?.text ?? ''
  const told = [...text.matchAll(/^\| `([a-z0-9]+\.[a-z-]+)` \| .+ \|$/gm)].map(([, id]) => id)
  expect(told.sort()).toEqual(Object.keys(hintsEs).sort())
})

test('CONTRIBUTING.md has at most 100 lines', async () => {
  expect((await read('CONTRIBUTING.md')).trimEnd().split('\n').length).toBeLessThanOrEqual(100)
})

test('the compose file pins LocalStack, keeps what it can under .taller/ and needs no network of somebody else', async () => {
  const compose = await read('docker-compose.localstack.yml')
  expect(compose).toMatch(/image: localstack\/localstack:4\.14\.0$/m)
  expect(compose).toMatch(/^ +- PERSISTENCE=1$/m)
  expect(compose).toMatch(/^ +- \.\/\.taller\/localstack:\/var\/lib\/localstack\b/m)
  // What it cannot keep is said, so that nobody relies on it.
  expect(compose).toMatch(/S3, IAM,\s+# Lambda, SQS, SNS y CloudWatch Logs vuelven vacíos/)
  expect(compose).not.toMatch(/external:\s*true/)
})

function readmeOf({ folder }: Module): string {
  return byPath.get(`modules/${folder}/README.md`)?.text ?? ''
}

/** The first cells of the tables whose first column is «Comprobación». */
function quotedChecks(text: string): string[] {
  const titles: string[] = []
  let inside = false
  for (const line of text.split('\n')) {
    const cell = /^\|\s*(.*?)\s*\|/.exec(line)?.[1]
    if (cell === undefined) inside = false
    else if (cell === 'Comprobación') inside = true
    else if (inside && !/^:?-+:?$/.test(cell)) titles.push(cell)
  }
  return titles
}

async function findBrokenLinks({ path, text }: Document): Promise<string[]> {
  const links = findLinks(text).filter(({ target }) => !/^[a-z]+:/.test(target))
  const checked = links.map(async ({ target, line }) => {
    const [file = '', anchor] = target.split('#')
    const full = file === '' ? path : resolve(path, file)
    const isBroken = file !== '' && !(await exists(full))
    return isBroken || !hasAnchor(full, anchor, path === full ? text : undefined)
      ? `${line}: ${target}`
      : undefined
  })
  return (await Promise.all(checked)).filter(broken => broken !== undefined)
}

/** Anchors are checked in Markdown; a line of a source file (`#L12`) is taken as it is. */
function hasAnchor(path: string, anchor: string | undefined, ownText: string | undefined): boolean {
  const text = ownText ?? byPath.get(path)?.text
  if (anchor === undefined || text === undefined) return true
  return findAnchors(text).has(decodeURIComponent(anchor))
}

function targetsOf(path: string, text: string): string[] {
  return findLinks(text).map(({ target }) => resolve(path, target))
}

function resolve(path: string, target: string): string {
  return posix.normalize(posix.join(posix.dirname(path), decodeURIComponent(target)))
}

function exists(path: string): Promise<boolean> {
  return access(new URL(path, repository)).then(
    () => true,
    () => false,
  )
}

function read(path: string): Promise<string> {
  return readFile(new URL(path, repository), 'utf8')
}

async function listFigures(): Promise<string[]> {
  const found = await Promise.all(
    ['docs', 'modules'].map(async folder =>
      (await readdir(new URL(folder, repository), { recursive: true }))
        .filter(file => file.endsWith('.svg'))
        .map(file => `${folder}/${file.replaceAll('\\', '/')}`),
    ),
  )
  return found.flat()
}
