import { PassThrough } from 'node:stream'
import type { ReadStream } from 'node:tty'
import { expect, test } from 'vitest'
import { readKeys } from '../../src/cli/terminal/keys.ts'

/** A terminal's input as far as keys need it, with the modes that it was set to. */
function fakeTerminal(isTTY: boolean) {
  const modes: boolean[] = []
  const input = Object.assign(new PassThrough(), {
    isTTY,
    isRaw: false,
    setRawMode(isRaw: boolean) {
      input.isRaw = isRaw
      modes.push(isRaw)
      return input
    },
  })
  return {
    input: input as unknown as ReadStream,
    modes,
    type: (text: string) => input.emit('data', Buffer.from(text)),
  }
}

test('keys come one by one in lower case, and Ctrl-C as q', () => {
  const terminal = fakeTerminal(true)
  const keys: string[] = []
  const reader = readKeys(terminal.input, key => keys.push(key))
  terminal.type('rH')
  terminal.type('\u0003')
  reader.close()
  expect(keys).toEqual(['r', 'h', 'q'])
})

test('the terminal is given back as it was, once, and hears nothing more', () => {
  const terminal = fakeTerminal(true)
  const keys: string[] = []
  const listeners = process.listenerCount('exit')
  const reader = readKeys(terminal.input, key => keys.push(key))
  expect(process.listenerCount('exit')).toBe(listeners + 1)
  reader.close()
  reader.close()
  terminal.type('r')
  expect(terminal.modes).toEqual([true, false])
  expect(keys).toEqual([])
  expect(process.listenerCount('exit')).toBe(listeners)
})

test('input that is no terminal is left alone', () => {
  const pipe = fakeTerminal(false)
  const reader = readKeys(pipe.input, () => {
    throw new Error('a pipe has no keys')
  })
  pipe.type('q')
  reader.close()
  expect(pipe.modes).toEqual([])
})
