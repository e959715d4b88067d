import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'
import { parseGoldenFile, renderGoldenFile } from './harness/golden-file.ts'
import { runCase } from './harness/run-case.ts'

const root = fileURLToPath(new URL('.', import.meta.url))
/** Whether answers are recorded and not compared (`UPDATE=1`). */
const isRecording = process.env.UPDATE === '1'

const services = readdirSync(root, { withFileTypes: true })
  .filter(entry => entry.isDirectory() && entry.name !== 'harness')
  .map(({ name }) => name)

for (const service of services) {
  const folder = `${root}${service}/`
  for (const file of readdirSync(folder)) {
    describe(`${service}/${file}`, () => {
      const golden = parseGoldenFile(readFileSync(folder + file, 'utf8'))
      const answers: string[] = []
      it.each(golden.cases.map((each, at) => ({ each, at })))('$each.name', async ({ each, at }) => {
        const answer = await runCase(each, service)
        answers[at] = answer
        if (!isRecording) expect(answer).toBe(each.answer)
        expect(answer).toMatch(/^HTTP\/1\.1 \d{3} /)
      })
      afterAll(() => {
        const isWhole = golden.cases.every((_, at) => answers[at] !== undefined)
        if (isRecording && isWhole) writeFileSync(folder + file, renderGoldenFile(golden, answers))
      })
    })
  }
}
