import type { OptionValues } from '../arguments/option-values.ts'
import type { CommandContext } from '../context.ts'
import { exitStatus } from '../failure.ts'
import { messages } from '../messages.ts'
import type { ServiceCall, ServiceCommand } from '../service-command.ts'
import { type Terminal, writeText } from '../terminal.ts'
import type { LogEvent } from './event.ts'
import {
  type EventFormat,
  eventFormats,
  formatEvent,
  type Paint,
  paintColors,
  paintNothing,
} from './format-event.ts'
import { type EventSource, followEvents, listEvents } from './list-events.ts'
import { readSince } from './since.ts'
import { untilInterrupted } from './until-interrupted.ts'

/** `logs tail GROUP`, from version 2 of the AWS CLI; version 1 has no such command. */
export const tail: ServiceCommand = {
  options: () => {
    const text = messages().tail
    return [
      { name: 'group_name', positional: true, valueName: '<grupo>', help: text.group },
      { name: 'since', initial: '10m', valueName: '<10m>', help: text.since },
      { name: 'follow', arity: 0, help: text.follow },
      { name: 'format', initial: 'detailed', choices: eventFormats, help: text.format },
      { name: 'filter-pattern', help: text.filterPattern },
      { name: 'log-stream-names', arity: '+', help: text.streamNames },
      { name: 'log-stream-name-prefix', help: text.streamPrefix },
    ]
  },
  run: async ({ values, call, context }) => {
    const source = readSource(values)
    const print = choosePrinting(values, context)
    if (values.flag('follow')) await follow({ source, call, print, terminal: context.terminal })
    else {
      const ask: EventSource['ask'] = input => call('FilterLogEvents', { input })
      for await (const event of listEvents({ ...source, ask })) await print(event)
    }
    return exitStatus.success
  },
}

type Source = Omit<EventSource, 'ask'>
type Print = (event: LogEvent) => Promise<void>

function readSource(values: OptionValues): Source {
  const streams = values.words('log-stream-names')
  const given = {
    logGroupName: values.text('group_name'),
    interleaved: true,
    filterPattern: values.text('filter-pattern'),
    logStreamNames: streams.length > 0 ? streams : undefined,
    logStreamNamePrefix: values.text('log-stream-name-prefix'),
  }
  const filter = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined))
  return { filter, startTime: readSince(values.text('since') ?? '', Date.now()) }
}

function choosePrinting(values: OptionValues, { globals, terminal }: CommandContext): Print {
  const format: EventFormat = eventFormats.find(name => name === values.text('format')) ?? 'detailed'
  const isColored = globals.color === 'on' || (globals.color === 'auto' && terminal.stdout.isTTY === true)
  const paint: Paint = isColored ? paintColors : paintNothing
  return event => writeText(terminal.stdout, formatEvent(event, { format, paint }))
}

interface Follow {
  readonly source: Source
  readonly call: ServiceCall
  readonly print: Print
  readonly terminal: Terminal
}

/** Prints events until Ctrl-C, or until nobody reads them any more. */
async function follow({ source, call, print, terminal }: Follow): Promise<void> {
  await untilInterrupted(terminal, async signal => {
    const ask: EventSource['ask'] = input => call('FilterLogEvents', { input, signal })
    for await (const event of followEvents({ ...source, ask, signal })) await print(event)
  })
}
