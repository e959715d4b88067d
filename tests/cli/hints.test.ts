import { describe, expect, test } from 'vitest'
import { hintsEn } from '../../src/cli/messages/hints/en.ts'
import { hintsEs } from '../../src/cli/messages/hints/es.ts'
import { wordHint } from '../../src/cli/messages/hints/word-hint.ts'
import { languages } from '../../src/cli/messages/messages.ts'
import { hintLines } from '../../src/cli/screens/request-hint.ts'
import { createRequestLog } from '../../src/cli/screens/request-log.ts'
import { widthOf } from '../../src/cli/terminal/layout.ts'
import { plainPaint } from '../../src/cli/terminal/paint.ts'
import { generalRules } from '../../src/cloud/hints/general-rules.ts'
import { lambda } from '../../src/services/lambda/index.ts'
import { logs } from '../../src/services/logs/index.ts'
import { s3 } from '../../src/services/s3/index.ts'

const declared = [generalRules, s3.hints, lambda.hints, logs.hints].flatMap(rules =>
  (rules ?? []).map(({ id }) => id),
)
const key = {
  id: 's3.encoded-key',
  facts: { bucket: 'lago', key: 'raw/red+flower.csv', existing: 'raw/red flower.csv' },
}
const command = "npx awslocal s3api head-object --bucket lago --key 'raw/red flower.csv'"

describe('the words of hints', () => {
  test.each([hintsEs, hintsEn])('are there for every rule, and for no other', words => {
    expect(Object.keys(words).sort()).toEqual([...new Set(declared)].sort())
  })

  test.each(Object.entries(languages))('%s: none misses a fact that it names', (_language, messages) => {
    const facts = new Proxy({}, { get: (_target, name) => `‹${String(name)}›` })
    for (const id of Object.keys(hintsEs)) {
      const text = wordHint({ id, facts }, messages)
      expect(text).not.toContain('undefined')
      expect(text).not.toBe(id)
    }
  })

  test('differ between the languages', () => {
    const told = Object.values(languages).map(messages => wordHint(key, messages))
    expect(told[0]).toContain('sin decodificar')
    expect(told[1]).toContain('without decoding')
  })
})

describe('a hint on the screen', () => {
  const style = { paint: plainPaint, messages: languages.es }

  test('stands under its line, in 80 columns, with its command whole', () => {
    expect(hintLines({ ...key, command }, style)).toEqual([
      '         → Se pidió la key del evento sin decodificar: «raw/red+flower.csv» no',
      '           existe, pero sí «raw/red flower.csv». Decodifica %XX, y cada + es un',
      '           espacio.',
      `           ${command}`,
    ])
  })

  test('tells how often it was left out', () => {
    const text = hintLines({ ...key, omitted: 12 }, style).join(' ')
    expect(text).toContain('(y 12 veces más)')
  })

  test('is dimmed', () => {
    const dimmed = hintLines(
      { ...key, command },
      { ...style, paint: { ...plainPaint, dim: text => `<${text}>` } },
    )
    expect(dimmed.every(line => line.startsWith('<') && line.endsWith('>'))).toBe(true)
  })

  test.each(Object.values(languages))(
    'is safe whatever a key holds, and no wider than the screen',
    messages => {
      const hostile = { key: 'a\u001b[2Jb\nc', existing: '\u202ex'.repeat(60) }
      for (const id of Object.keys(hintsEs)) {
        for (const line of hintLines(
          { id, facts: hostile, command: 'npx \u001b[31m' },
          { ...style, messages },
        )) {
          for (const character of ['\u001b', '\u202e', '\n']) expect(line).not.toContain(character)
        }
        const plain = new Proxy({}, { get: () => 'palabra' })
        for (const line of hintLines({ id, facts: plain }, { ...style, messages }))
          expect(widthOf(line), id).toBeLessThanOrEqual(80)
      }
    },
  )

  test('survives a flood of lines', () => {
    const printed: string[] = []
    const terminal = {
      isRich: false,
      paint: plainPaint,
      columns: () => 80,
      print: (lines: readonly string[]) => void printed.push(...lines),
      write: () => undefined,
    }
    const log = createRequestLog(terminal, style)
    const line = {
      time: 0,
      service: 's3',
      operation: 'GetObject',
      resource: 'b/k',
      status: 200,
      milliseconds: 1,
    }
    for (let index = 0; index < 100; index++) log.add(line)
    log.add({ ...line, status: 404, hint: { ...key, command } })
    log.flush()
    expect(printed.filter(each => each.includes('GetObject')).length).toBe(41)
    expect(printed.at(-2)?.trim()).toBe(command)
    expect(printed.at(-1)).toContain('60 peticiones más')
  })
})
