import { describe, expect, test } from 'vitest'
import { en } from '../../src/cli/messages/en.ts'
import { es } from '../../src/cli/messages/es.ts'
import { chooseMessages } from '../../src/cli/messages/messages.ts'
import { formatDecimal, formatSeconds } from '../../src/cli/messages/numbers.ts'

/** Every path of a table with the kind of its value, e.g. `grade.total: string`. */
function shapeOf(table: object, path = ''): string[] {
  return Object.entries(table).flatMap(([key, value]) => {
    const name = path === '' ? key : `${path}.${key}`
    if (Array.isArray(value)) return [`${name}: ${value.length} entries`]
    return typeof value === 'object' ? shapeOf(value, name) : [`${name}: ${typeof value}`]
  })
}

function textsOf(table: object): string[] {
  return Object.values(table).flatMap(value => {
    if (typeof value === 'string') return [value]
    return typeof value === 'object' ? textsOf(value) : []
  })
}

describe('messages', () => {
  test('both languages have the same keys, each of the same kind', () => {
    expect(shapeOf(en)).toEqual(shapeOf(es))
  })

  test('no text is empty', () => {
    for (const text of [...textsOf(es), ...textsOf(en)]) expect(text.trim()).not.toBe('')
  })

  test.each([
    [{}, 'es'],
    [{ TALLER_LANG: '' }, 'es'],
    [{ TALLER_LANG: 'es' }, 'es'],
    [{ TALLER_LANG: 'fr' }, 'es'],
    [{ TALLER_LANG: 'en' }, 'en'],
    [{ TALLER_LANG: 'en_GB.UTF-8' }, 'en'],
  ])('%o speaks %s', (env, locale) => {
    expect(chooseMessages(env).locale).toBe(locale)
  })

  test('numbers follow the language', () => {
    expect([formatSeconds(2134, es), formatDecimal(68.66, es)]).toEqual(['2,1 s', '68,7'])
    expect([formatSeconds(2134, en), formatDecimal(68.66, en)]).toEqual(['2.1 s', '68.7'])
  })
})
