import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import {
  type EventFormat,
  formatEvent,
  paintColors,
  paintNothing,
} from '../../src/awslocal/logs/format-event.ts'
import { indentJson } from '../../src/awslocal/logs/indent-json.ts'
import { followEvents } from '../../src/awslocal/logs/list-events.ts'
import { readSince } from '../../src/awslocal/logs/since.ts'
import { startLocalCloud } from '../../src/local-cloud.ts'
import { runInProcess } from './running/awslocal.ts'
import { createKeyboard } from './running/keyboard.ts'
import { type LogServer, pageOf, type ServedEvent, startLogServer } from './running/log-server.ts'

const noon = Date.UTC(2026, 0, 31, 12)

function eventAt(timestamp: number, message: string, eventId = `${timestamp}`): ServedEvent {
  return { eventId, timestamp, logStreamName: '2026/01/31/[$LATEST]ab', message }
}

describe('one event is written as version 2 of the AWS CLI does', () => {
  it.each<[EventFormat, string, number, string]>([
    ['detailed', 'hola\n', 7, '2026-01-31T12:00:00.007000+00:00 2026/01/31/[$LATEST]ab hola\n'],
    [
      'detailed',
      'dos\nlíneas  \n\n',
      0,
      '2026-01-31T12:00:00.000000+00:00 2026/01/31/[$LATEST]ab dos\nlíneas\n',
    ],
    ['detailed', '', 0, '2026-01-31T12:00:00.000000+00:00 2026/01/31/[$LATEST]ab\n'],
    ['short', 'hola', 999, '2026-01-31T12:00:00 hola\n'],
    ['json', 'hola', 120, '2026-01-31T12:00:00.120000+00:00 2026/01/31/[$LATEST]ab hola\n'],
    ['json', '[]', 0, '2026-01-31T12:00:00+00:00 2026/01/31/[$LATEST]ab \n[]\n'],
    ['json', '{"a":1}', 0, '2026-01-31T12:00:00+00:00 2026/01/31/[$LATEST]ab \n{\n    "a": 1\n}\n'],
  ])('%s %j', (format, message, milliseconds, expected) => {
    expect(formatEvent(eventAt(noon + milliseconds, message), { format, paint: paintNothing })).toBe(expected)
  })

  it('with colours for terminals', () => {
    expect(formatEvent(eventAt(noon, 'hola'), { format: 'detailed', paint: paintColors })).toBe(
      '\u001b[32m2026-01-31T12:00:00.000000+00:00\u001b[0m \u001b[36m2026/01/31/[$LATEST]ab\u001b[0m hola\n',
    )
  })
})

describe('JSON is unfolded as Python does', () => {
  it.each([
    ['{"b":1,"2":[],"a":{ }}', '{\n    "b": 1,\n    "2": [],\n    "a": {}\n}'],
    ['[1.0,-0,1e5,12345678901234567890]', '[\n    1.0,\n    0,\n    100000.0,\n    12345678901234567890\n]'],
    ['"ñ{,}\\u00e9"', '"\\u00f1{,}\\u00e9"'],
    ['[true,null,[{}]]', '[\n    true,\n    null,\n    [\n        {}\n    ]\n]'],
    ['123', '123'],
    ['{"a": 1} y más', undefined],
    ['hola', undefined],
  ])('%s', (text, expected) => {
    expect(indentJson(text)).toBe(expected)
  })

  it('whatever it holds, it means the same', () => {
    fc.assert(
      fc.property(fc.json(), text => {
        expect(JSON.parse(indentJson(text) ?? '')).toEqual(
          JSON.parse(text, (_, value) => (value === 0 ? 0 : value)),
        )
      }),
    )
  })
})

describe('--since', () => {
  it.each([
    ['30s', noon - 30_000],
    ['10m', noon - 600_000],
    ['2h', noon - 7_200_000],
    ['1d', noon - 86_400_000],
    ['1w', noon - 604_800_000],
    ['2026-01-31', noon - 43_200_000],
    ['2026-01-31T12:00:00', noon],
    ['2026-01-31 12:00:00.250', noon + 250],
    ['2026-01-31T14:00:00+02:00', noon],
    ['2026-01-31T09:30-0230', noon],
    ['20260131T120000Z', noon],
    ['1700000000.5', 1_700_000_000_500],
  ])('%s', (text, expected) => {
    expect(readSince(text, noon)).toBe(expected)
  })

  it.each(['ayer', '', '5h30m', '2026-13-01', '1700000000000'])('refuses %j', text => {
    expect(() => readSince(text, noon)).toThrow(`"${text}"`)
  })
})

describe('following', () => {
  /** Follows while the events arrive in the given batches, one before each look; gives the messages in the order shown. */
  async function follow(batches: readonly (readonly ServedEvent[])[]): Promise<readonly string[]> {
    const stopping = new AbortController()
    const arrived: ServedEvent[] = []
    let look = 0
    const arrive = async (): Promise<void> => {
      arrived.push(...(batches[look] ?? []))
      if (look++ === batches.length) throw new Error('enough')
    }
    await arrive()
    const shown: string[] = []
    const source = {
      filter: {},
      startTime: noon,
      ask: async (input: Record<string, unknown>) => ({ ...pageOf(arrived, input) }),
      signal: stopping.signal,
      now: () => noon + 60_000,
      pause: arrive,
    }
    const showAll = async (): Promise<void> => {
      for await (const { message } of followEvents(source)) shown.push(message)
    }
    await expect(showAll()).rejects.toThrow('enough')
    return shown
  }

  it('shows events of the same millisecond that come later', async () => {
    expect(await follow([[eventAt(noon, 'a', '1')], [eventAt(noon, 'b', '2')], []])).toEqual(['a', 'b'])
  })

  it('shows what is late, and what comes after an event dated in the future', async () => {
    const batches = [
      [eventAt(noon + 9000, 'a', '1')],
      [eventAt(noon + 3_600_000, 'del futuro', '2')],
      [eventAt(noon + 59_000, 'ahora', '3'), eventAt(noon + 51_000, 'tarde', '4')],
      [eventAt(noon + 60_000, 'después', '5')],
    ]
    expect(await follow(batches)).toEqual(['a', 'del futuro', 'tarde', 'ahora', 'después'])
  })

  it('loses and doubles nothing that is at most 10 seconds late', async () => {
    const delays = fc.array(fc.record({ step: fc.nat(4000), late: fc.nat(10_000), look: fc.nat(3) }), {
      maxLength: 40,
    })
    await fc.assert(
      fc.asyncProperty(delays, async steps => {
        let newest = noon
        const batches: ServedEvent[][] = [[]]
        for (const [index, { step, late, look }] of steps.entries()) {
          newest = Math.min(newest + step, noon + 60_000)
          const event = eventAt(Math.max(noon, newest - late), String(index), String(index))
          if (look === 0) batches.push([])
          batches.at(-1)?.push(event)
        }
        const shown = await follow(batches)
        expect([...shown].sort((a, b) => Number(a) - Number(b))).toEqual(
          steps.map((_, index) => String(index)),
        )
      }),
    )
  })
})

describe('awslocal logs tail', () => {
  let server: LogServer

  beforeAll(async () => {
    server = await startLogServer()
  })
  beforeEach(() => {
    server.events.length = 0
    server.asked.length = 0
  })
  afterAll(() => server.close())

  function run(
    words: string,
    options: Parameters<typeof runInProcess>[1] = {},
  ): ReturnType<typeof runInProcess> {
    const env = { AWS_ENDPOINT_URL: server.url }
    return runInProcess(['logs', 'tail', ...words.split(' ')], { env, ...options })
  }

  it('prints all pages of the last ten minutes and ends', async () => {
    const now = Date.now()
    for (let index = 0; index < 5; index++) server.events.push(eventAt(now - 1000 + index, `línea ${index}`))
    server.events.push(eventAt(now - 11 * 60_000, 'vieja'))
    const { status, stdout, stderr } = await run('/aws/lambda/f --format short')
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    expect(stdout.replaceAll(/^\S+ /gm, '')).toBe('línea 0\nlínea 1\nlínea 2\nlínea 3\nlínea 4\n')
  })

  it('asks for what the options say', async () => {
    await run(
      'grupo --since 1700000000 --filter-pattern ERROR --log-stream-names a b --log-stream-name-prefix c',
    )
    expect(server.asked).toEqual([
      {
        logGroupName: 'grupo',
        interleaved: true,
        filterPattern: 'ERROR',
        logStreamNames: ['a', 'b'],
        logStreamNamePrefix: 'c',
        startTime: 1_700_000_000_000,
      },
    ])
  })

  it.each([
    ['grupo --color on', true],
    ['grupo --color off', false],
    ['grupo', false],
  ])('%s: colours %s', async (words, isColored) => {
    server.events.push(eventAt(Date.now(), 'hola'))
    expect((await run(words)).stdout.includes('\u001b[')).toBe(isColored)
  })

  it('follows until Ctrl-C and ends well', async () => {
    let pressCtrlC = (): void => undefined
    let isListening = false
    const onInterrupt = (listener: () => void): (() => void) => {
      pressCtrlC = listener
      isListening = true
      return () => {
        isListening = false
      }
    }
    server.events.push(eventAt(Date.now(), 'primera'))
    const onOutput = (text: string): void => {
      if (text.includes('segunda')) pressCtrlC()
      else if (text.includes('primera')) server.events.push(eventAt(Date.now(), 'segunda', 'otra'))
    }
    const { status, stdout, stderr } = await run('grupo --follow --format short', { onInterrupt, onOutput })
    expect({ status, stderr, isListening }).toEqual({ status: 0, stderr: '', isListening: false })
    expect(stdout.replaceAll(/^\S+ /gm, '')).toBe('primera\nsegunda\n')
  })

  it('follows many streams of our cloud at once and loses nothing', async () => {
    const cloud = await startLocalCloud({ port: 0 })
    const env = { AWS_ENDPOINT_URL: cloud.url }
    const logs = (...words: string[]): ReturnType<typeof runInProcess> =>
      runInProcess(['logs', ...words], { env })
    await logs('create-log-group', '--log-group-name', 'grupo')
    for (const stream of ['a', 'b']) {
      await logs('create-log-stream', '--log-group-name', 'grupo', '--log-stream-name', stream)
    }
    const put = (stream: string, index: number): ReturnType<typeof runInProcess> => {
      const event = JSON.stringify([
        { timestamp: Date.now() - (index % 3) * 1000, message: `${stream}${index}` },
      ])
      return logs(
        ...[
          'put-log-events',
          '--log-group-name',
          'grupo',
          '--log-stream-name',
          stream,
          '--log-events',
          event,
        ],
      )
    }
    const { press, onInterrupt } = createKeyboard()
    let shown = 0
    const following = runInProcess(['logs', 'tail', 'grupo', '--follow', '--format', 'short'], {
      env,
      onInterrupt,
      onOutput: text => {
        shown += text.split('\n').length - 1
        if (shown === 40) press()
      },
    })
    for (let index = 0; index < 20; index++) await Promise.all([put('a', index), put('b', index)])
    const { status, stdout } = await following
    await cloud.close()
    const messages = stdout
      .trim()
      .split('\n')
      .map(line => line.split(' ')[1] ?? '')
    const expected = Array.from({ length: 40 }, (_, index) => `${index < 20 ? 'a' : 'b'}${index % 20}`)
    expect({ status, messages: messages.sort() }).toEqual({ status: 0, messages: expected.sort() })
  })

  it.each([
    ['', 2, 'the following arguments are required: group_name'],
    ['grupo --format none', 2, 'argument --format: Invalid choice'],
    ['grupo otro', 255, 'Unknown options: otro'],
    ['grupo --since ayer', 255, 'Invalid timestamp "ayer": Unknown string format: ayer'],
  ])('%j is refused', async (words, status, message) => {
    const env = { AWS_ENDPOINT_URL: server.url }
    const found = await runInProcess(['logs', 'tail', ...words.split(' ').filter(Boolean)], { env })
    expect({ status: found.status, stderr: found.stderr }).toEqual({
      status,
      stderr: expect.stringContaining(message),
    })
  })

  it('has help', async () => {
    const { stdout } = await run('help')
    expect(stdout).toMatch(/^uso: awslocal logs tail group_name <grupo> \[--since <10m>\]/)
    expect(stdout).toContain('--follow')
  })
})
