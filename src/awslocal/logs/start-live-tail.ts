import type { OptionValues } from '../arguments/option-values.ts'
import { exitStatus } from '../failure.ts'
import { messages } from '../messages.ts'
import type { ServiceCommand } from '../service-command.ts'
import { writeText } from '../terminal.ts'
import { isRecord } from '../values/record.ts'
import { untilInterrupted } from './until-interrupted.ts'

/** `logs start-live-tail`: prints the messages that reach the groups from now on, until Ctrl-C. */
export const startLiveTail: ServiceCommand = {
  options: () => {
    const text = messages().tail
    return [
      { name: 'log-group-identifiers', arity: '+', required: true, valueName: '<arn>', help: text.groupArns },
      { name: 'log-stream-names', arity: '+', help: text.streamNames },
      { name: 'log-stream-name-prefixes', arity: '+', help: text.streamPrefix },
      { name: 'log-event-filter-pattern', help: text.filterPattern },
    ]
  },
  run: async ({ values, stream, context: { terminal } }) => {
    await untilInterrupted(terminal, async signal => {
      const { responseStream } = await stream('StartLiveTail', { input: readInput(values), signal })
      for await (const event of responseStream as AsyncIterable<unknown>) {
        for (const message of messagesOf(event)) await writeText(terminal.stdout, `${message}\n`)
      }
    })
    return exitStatus.success
  },
}

function readInput(values: OptionValues): Record<string, unknown> {
  const given = {
    logGroupIdentifiers: values.words('log-group-identifiers'),
    logStreamNames: listOf(values, 'log-stream-names'),
    logStreamNamePrefixes: listOf(values, 'log-stream-name-prefixes'),
    logEventFilterPattern: values.text('log-event-filter-pattern'),
  }
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined))
}

function listOf(values: OptionValues, name: string): readonly string[] | undefined {
  const words = values.words(name)
  return words.length > 0 ? words : undefined
}

/** The messages of an event; only updates of the session have any. */
function messagesOf(event: unknown): readonly string[] {
  const update = isRecord(event) ? event.sessionUpdate : undefined
  const results = isRecord(update) ? update.sessionResults : undefined
  return Array.isArray(results) ? results.filter(isRecord).map(({ message }) => String(message)) : []
}
