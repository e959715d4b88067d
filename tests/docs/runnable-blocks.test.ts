import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type LocalCloud, startLocalCloud } from '../../src/local-cloud.ts'
import { readDocuments } from './markdown.ts'
import {
  type Clone,
  createClone,
  findRunnableBlocks,
  runBlock,
  runShell,
  showsOutput,
} from './runnable-blocks.ts'

const blockMilliseconds = 300_000
const documents = (await readDocuments())
  .map(({ path, text }) => ({ path, blocks: findRunnableBlocks(text) }))
  .filter(({ blocks }) => blocks.length > 0)

test('the documents have blocks that run', () => {
  expect(documents.map(({ path }) => path)).toContain('modules/9.2-s3-data-lake/README.md')
})

test('npx finds awslocal in a clone', { timeout: blockMilliseconds }, async () => {
  const clone = await createClone()
  const result = await runShell('npx awslocal --version', {
    folder: clone.folder,
    endpoint: 'http://127.0.0.1:1',
  })
  await clone.remove()
  expect(result).toEqual({ exitCode: 0, output: expect.stringMatching(/^awslocal\//) })
})

describe.each(documents)('$path', ({ blocks }) => {
  let clone: Clone
  let cloud: LocalCloud

  beforeAll(async () => {
    clone = await createClone()
    cloud = await startLocalCloud({ port: 0 })
  })
  afterAll(async () => {
    await cloud?.close()
    await clone?.remove()
  })

  test.each(blocks)('line $line runs as printed', { timeout: blockMilliseconds }, async block => {
    const { exitCode, output } = await runBlock(block, { folder: clone.folder, endpoint: cloud.url })
    expect(exitCode, output).toBe(block.exitCode)
    if (block.output !== undefined && !showsOutput(block.output, output)) expect(output).toBe(block.output)
  })
})

describe('an output is compared', () => {
  test.each([
    { shown: 'a\nb', output: 'a\nb\n', same: true },
    { shown: 'a\nb', output: 'a\nc\n', same: false },
    { shown: 'a', output: 'a\nb\n', same: false },
    { shown: 'a\n…\nd', output: 'a\nb\nc\nd\n', same: true },
    { shown: 'a\n…\nd', output: 'a\nb\nc\n', same: false },
    { shown: '2026-11-23 10:31:07 datos', output: '2027-01-01 00:00:00 datos', same: true },
    { shown: '100 puntos · 1,9 s', output: '100 puntos · 12 s', same: true },
    { shown: '100 puntos · 1,9 s', output: '90 puntos · 1,9 s', same: false },
    { shown: 'upload: … to s3://a/b', output: 'upload: datos/x.csv to s3://a/b', same: true },
  ])('$shown against $output: $same', ({ shown, output, same }) => {
    expect(showsOutput(shown, output)).toBe(same)
  })

  test('a misspelt mark is an error', () => {
    const text = ['<!-- prueba, por favor -->', '```bash', 'ls', '```'].join('\n')
    expect(() => findRunnableBlocks(text)).toThrow('not a mark')
  })
})
