import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { repository } from './workshop.ts'

const dist = join(repository, 'dist')

/** The built files that a file needs before it can run: its imports, and theirs; not what is imported on demand. */
function staticClosure(file: string, found = new Set<string>()): Set<string> {
  if (found.has(file)) return found
  found.add(file)
  const text = readFileSync(join(dist, file), 'utf8')
  for (const [, imported = ''] of text.matchAll(/(?:from|import)\s*["']\.\/([^"']+)["']/g))
    staticClosure(imported, found)
  return found
}

function builtFile(name: string): string {
  const pattern = new RegExp(`^${name}(-[A-Z0-9]{8})?\\.mjs$`)
  const file = readdirSync(dist).find(candidate => pattern.test(candidate))
  if (file === undefined) throw new Error(`dist/ has no ${name}: npm run build`)
  return file
}

// Loading the SDK takes longer than everything else that these do.
test.each(['main', 'progress', 'next', 'hint'])('%s starts without the SDK', name => {
  const files = [...staticClosure(builtFile(name))]
  const texts = files.map(file => readFileSync(join(dist, file), 'utf8'))
  expect(texts.reduce((sum, text) => sum + text.length, 0)).toBeLessThan(200_000)
  expect(texts.filter(text => /S3Client|x-amz-user-agent/i.test(text))).toEqual([])
})
