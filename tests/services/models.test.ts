import { readFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { modelPath, modelSources, renderModel } from '../../scripts/generate.ts'

describe('the checked-in models', () => {
  it.each(modelSources)('$id is what the SDK exports (npm run generate)', async source => {
    const checkedIn = await readFile(new URL(`../../${modelPath(source)}`, import.meta.url), 'utf8')
    expect(checkedIn).toBe(renderModel(source))
  })

  it('hold the operations that the course starts with', () => {
    const texts = modelSources.map(renderModel).join('\n')
    for (const name of ['PutObject', 'ListObjectsV2', 'GetCallerIdentity']) {
      expect(texts).toContain(`    ${name}: ${name}$,\n`)
    }
  })
})
