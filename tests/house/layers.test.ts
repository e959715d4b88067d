import { execFile } from 'node:child_process'
import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const root = resolve(import.meta.dirname ?? '.', '../..')

/** Each rule with an import that it must refuse: the importing file, the imported one. */
const violations: readonly (readonly [rule: string, from: string, to: string])[] = [
  ['no-cycles', 'src/core/a.ts', 'src/core/b.ts'],
  ['core-imports-nothing', 'src/core/c.ts', 'src/wire/model.ts'],
  ['wire-imports-core', 'src/wire/a.ts', 'src/cloud/a.ts'],
  ['cloud-imports-core-and-wire', 'src/cloud/b.ts', 'src/services/s3/index.ts'],
  ['services-import-core-and-cloud', 'src/services/s3/a.ts', 'src/wire/query.ts'],
  ['services-do-not-meet', 'src/services/s3/b.ts', 'src/services/sts/index.ts'],
  ['services-only-by-their-table', 'src/local-cloud.ts', 'src/services/s3/state.ts'],
  ['awslocal-imports-core', 'src/awslocal/a.ts', 'src/course/a.ts'],
  ['course-imports-core', 'src/course/b.ts', 'src/cloud/a.ts'],
  ['modules-import-course-and-core', 'modules/m/checks/a.ts', 'solutions/m/a.ts'],
  ['nobody-imports-the-command-line', 'src/course/c.ts', 'src/cli/main.ts'],
  ['only-the-composition-root-imports-cloud-and-services', 'src/awslocal/b.ts', 'src/cloud/a.ts'],
  ['no-students-files', 'src/course/d.ts', 'exercises/m/a.ts'],
]

let planted: string
let report: {
  summary: { violations: { rule: { name: string }; from: string; to: string }[]; totalCruised: number }
}

async function cruise(folder: string, ...paths: string[]) {
  const cli = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs')
  const run = promisify(execFile)(
    process.execPath,
    [cli, '--config', '.dependency-cruiser.cjs', '--output-type', 'json', ...paths],
    { cwd: folder, maxBuffer: 64 * 1024 * 1024 },
  )
  const { stdout } = await run.catch((failed: { stdout: string }) => failed)
  return JSON.parse(stdout) as typeof report
}

async function plant(file: string, text: string): Promise<void> {
  const path = join(planted, file)
  await mkdir(dirname(path), { recursive: true })
  await writeFile(path, text, { flag: 'a' })
}

beforeAll(async () => {
  planted = await mkdtemp(join(tmpdir(), 'layers-'))
  for (const name of ['.dependency-cruiser.cjs', 'tsconfig.json', 'package.json'])
    await copyFile(join(root, name), join(planted, name))
  for (const [index, [, from, to]] of violations.entries()) {
    const steps = dirname(from)
      .split('/')
      .map(() => '..')
      .join('/')
    await plant(
      from,
      `import { value as value${index} } from '${steps}/${to}'\nexport const use${index} = value${index}\n`,
    )
    await plant(to, '')
  }
  for (const to of new Set(violations.map(([, , to]) => to))) await plant(to, 'export const value = 1\n')
  await plant('src/core/b.ts', "import { use0 } from './a.ts'\nexport const back = use0\n")
  report = await cruise(planted, 'src', 'modules')
}, 60_000)

afterAll(() => rm(planted, { recursive: true, force: true }))

describe('the layers', () => {
  it.each(violations)('%s refuses a planted import', (rule, from, to) => {
    const found = report.summary.violations.filter(violation => violation.rule.name === rule)
    expect(found.map(violation => [violation.from, violation.to])).toContainEqual([from, to])
  })

  it('hold in the house itself', async () => {
    const { summary } = await cruise(root, 'src', 'modules')
    expect(summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`)).toEqual([])
    expect(summary.totalCruised).toBeGreaterThan(100)
  }, 60_000)
})
