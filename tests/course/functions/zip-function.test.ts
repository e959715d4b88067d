import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { unzipSync } from 'fflate'
import { expect, it } from 'vitest'
import { zipFunction } from '../../../src/course/functions/zip-function.ts'
import { repository } from '../student-run.ts'

const files = { 'index.js': Buffer.from('exports.handler = () => 1\n'), 'lib/ñ.txt': Buffer.from('ñ') }

it('holds every file, at its path', () => {
  const unzipped = unzipSync(zipFunction(files))
  expect(Object.keys(unzipped)).toEqual(['index.js', 'lib/ñ.txt'])
  expect(Buffer.from(unzipped['index.js'] ?? [])).toEqual(files['index.js'])
})

it('is the same byte for byte in any order, at any time and in any time zone', () => {
  const zip = Buffer.from(zipFunction(files)).toString('base64')
  const reversed = Object.fromEntries(Object.entries(files).reverse())
  expect(Buffer.from(zipFunction(reversed)).toString('base64')).toBe(zip)
  const program = `import { zipFunction } from '${join(repository, 'src/course/functions/zip-function.ts')}'
console.log(Buffer.from(zipFunction({ 'index.js': Buffer.from('exports.handler = () => 1\\n'), 'lib/ñ.txt': Buffer.from('ñ') })).toString('base64'))`
  for (const TZ of ['Asia/Tokyo', 'America/Bogota']) {
    const env = { ...process.env, TZ }
    const printed = execFileSync(
      process.execPath,
      ['--import', 'tsx', '--input-type=module', '-e', program],
      { cwd: repository, env, encoding: 'utf8' },
    )
    expect(printed.trim()).toBe(zip)
  }
})
