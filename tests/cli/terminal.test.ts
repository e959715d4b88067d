import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  chopText,
  hang,
  justify,
  padRight,
  truncate,
  widthOf,
  wrapText,
} from '../../src/cli/terminal/layout.ts'
import { createLiveLine } from '../../src/cli/terminal/live-line.ts'
import { sanitizeLine, sanitizeText } from '../../src/cli/terminal/sanitize.ts'
import { createTerminal } from '../../src/cli/terminal/terminal.ts'

function fakeStream(isTTY: boolean) {
  const written: string[] = []
  return { isTTY, columns: 100, written, write: (text: string) => written.push(text) }
}

describe('text of a student is made safe', () => {
  test.each([
    ['a colour', '\u001b[32m✓\u001b[39m', '✓'],
    ['a colour in 8-bit form', '\u009b32mx', 'x'],
    ['moving up and erasing', 'a\u001b[1A\u001b[2Kb', 'ab'],
    ['the window title', 'a\u001b]0;forged\u0007b', 'ab'],
    ['a link', '\u001b]8;;http://x\u001b\\text\u001b]8;;\u001b\\', 'text'],
    ['an unterminated title hides its own line only', 'a\u001b]0;x\nb', 'a\nb'],
    ['a device control string', 'a\u001bPq#0\u001b\\b', 'ab'],
    ['a full reset', 'a\u001bcb', 'ab'],
    ['an escape that is left when another is removed', '\u001b\u001b[31m[31mx', '\u241b[31mx'],
    ['a carriage return', '100 %\r✓ all passed', '100 %\n✓ all passed'],
    ['Windows line ends', 'a\r\nb', 'a\nb'],
    ['other line breaks', 'a\u0085b\u2028c\u000bd', 'a\nb\nc\nd'],
    ['backspace', 'ab\u0008c', 'ab\u2408c'],
    ['NUL and DEL', '\u0000\u007f', '\u2400\u2421'],
    ['a tab', 'a\tb', 'a    b'],
    ['right-to-left override', 'a\u202eb', 'a\ufffdb'],
  ])('%s', (_, text, expected) => {
    expect(sanitizeText(text)).toBe(expected)
  })

  test('nothing that controls a terminal survives, whatever the text', () => {
    const hostile = fc.string({
      unit: fc.constantFrom(
        '\u001b',
        '[',
        ']',
        '3',
        '1',
        ';',
        'm',
        'P',
        '\\',
        '\u0007',
        '\u009b',
        '\u009d',
        '\r',
        '\n',
        'a',
        '\u202e',
      ),
    })
    fc.assert(
      fc.property(hostile, text => {
        expect(sanitizeText(text)).not.toMatch(/[^\P{Cc}\n]|[\u202a-\u202e\u2066-\u2069]/u)
        expect(sanitizeLine(text)).not.toMatch(/\p{Cc}/u)
      }),
    )
  })
})

describe('layout', () => {
  test.each([
    ['abc', 3],
    ['áé', 2],
    ['a\u0301', 1],
    ['日本', 4],
    ['👩‍👩‍👧', 2],
    ['\u001b[31mrojo\u001b[39m', 4],
  ])('%j takes %i columns', (text, columns) => {
    expect(widthOf(text)).toBe(columns)
    expect(widthOf(padRight(text, 10))).toBe(10)
  })

  test('wrapping keeps words, chopping keeps everything', () => {
    expect(wrapText('una dos tres', 7)).toEqual(['una dos', 'tres'])
    expect(wrapText('abcdefghij kl', 4)).toEqual(['abcd', 'efgh', 'ij', 'kl'])
    expect(chopText('日本語x', 3)).toEqual(['日', '本', '語x'])
  })

  test('lines never exceed their width and lose nothing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 2, max: 30 }), (raw, columns) => {
        const text = sanitizeText(raw)
        const lines = chopText(text, columns)
        expect(lines.join('')).toBe(text.replaceAll('\n', ''))
        for (const line of [...lines, ...wrapText(text, columns)])
          expect(widthOf(line)).toBeLessThanOrEqual(columns)
      }),
    )
  })

  test('hanging lines start in one column', () => {
    const words = Array.from({ length: 20 }, (_, index) => `palabra${index}`).join(' ')
    const [first, second] = hang('  a ', words)
    expect(first).toMatch(/^ {2}a palabra0 /)
    expect(second).toMatch(/^ {4}palabra\d+ /)
  })

  test('the right side ends at the last column, or follows at two blanks', () => {
    expect(justify('a', 'b', 6)).toBe('a    b')
    expect(justify('abcdef', 'b', 6)).toBe('abcdef  b')
    expect(truncate('abcdef', 4)).toBe('abc…')
  })
})

describe('terminal', () => {
  test.each([
    [true, {}, true],
    [false, {}, false],
    [true, { NO_COLOR: '1' }, false],
    [true, { NO_COLOR: '' }, true],
    [true, { CI: 'true' }, false],
    [true, { CI: 'false' }, true],
    [true, { TERM: 'dumb' }, false],
  ])('with TTY %s and %o, rich is %s', (isTTY, env, isRich) => {
    const stream = fakeStream(isTTY)
    const terminal = createTerminal(stream, env)
    expect(terminal.isRich).toBe(isRich)
    terminal.print([terminal.paint.bad('x')])
    expect(stream.written.join('').includes('\u001b')).toBe(isRich)
  })

  test('a live line is gone when it ends, and never there on a plain terminal', () => {
    const rich = fakeStream(true)
    const line = createLiveLine(createTerminal(rich, {}))
    line.show('corrigiendo…')
    line.clear()
    line.clear()
    expect(rich.written).toHaveLength(2)
    expect(rich.written.at(-1)).toBe('\r\u001b[2K')

    const plain = fakeStream(false)
    const silent = createLiveLine(createTerminal(plain, {}))
    silent.show('corrigiendo…')
    silent.clear()
    expect(plain.written).toEqual([])
  })
})
