import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { es } from '../../src/cli/messages/es.ts'
import { createRequestLog } from '../../src/cli/screens/request-log.ts'
import { plainPaint } from '../../src/cli/terminal/paint.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

function setUp() {
  const printed: string[][] = []
  const terminal = {
    isRich: false,
    paint: plainPaint,
    columns: () => 80,
    print: (lines: readonly string[]) => printed.push([...lines]),
    write: () => undefined,
  }
  const log = createRequestLog(terminal, { paint: plainPaint, messages: es })
  const add = (operation: string): void =>
    log.add({ time: 0, service: 's3', operation, resource: 'b/k', status: 200, milliseconds: 1 })
  return { printed, log, add }
}

test('requests of one moment are printed together, in order', () => {
  const { printed, add } = setUp()
  add('PutObject')
  add('GetObject')
  expect(printed).toEqual([])
  vi.advanceTimersByTime(50)
  expect(printed).toEqual([[expect.stringContaining('PutObject'), expect.stringContaining('GetObject')]])
  vi.advanceTimersByTime(1000)
  expect(printed.length).toBe(1)
})

test('of a flood the first lines are printed, and how many more there were', () => {
  const { printed, log, add } = setUp()
  for (let index = 0; index < 1040; index++) add('PutObject')
  log.flush()
  expect(printed[0]?.length).toBe(41)
  expect(printed[0]?.at(-1)).toContain('1000 peticiones más')
})
