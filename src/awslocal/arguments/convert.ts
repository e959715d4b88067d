import { UsageError } from '../failure.ts'
import { closeMatches } from './close-matches.ts'
import type { Option, ParsedValue } from './option.ts'
import { shownName } from './option.ts'

/** Turns an option's words into its value, or `undefined` when nothing is to be kept. */
export function convertWords(option: Option, words: readonly string[]): ParsedValue | undefined {
  const arity = option.arity ?? 1
  if (arity === 0) return option.implied ?? true
  if (arity === '?') {
    const word = words[0]
    if (word === undefined) return option.positional === true ? option.initial : option.implied
    return convertWord(option, word)
  }
  if (arity === 1) return convertWord(option, words[0] ?? '')
  for (const word of words) checkChoice(option, word)
  return words
}

function convertWord(option: Option, word: string): string | number {
  checkChoice(option, word)
  if (option.integer !== true) return word
  if (!/^\s*[+-]?\d+\s*$/.test(word)) {
    throw new UsageError(`argument ${shownName(option)}: invalid int value: '${word}'`)
  }
  return Number(word)
}

function checkChoice(option: Option, word: string): void {
  if (option.choices === undefined || option.choices.includes(word)) return
  throw new UsageError(`argument ${shownName(option)}: ${invalidChoice(word, option.choices)}`)
}

/** The AWS CLI's list of what there is, two in a line, with those that look like what was written. */
export function invalidChoice(word: string, choices: readonly string[]): string {
  const lines = ['Invalid choice, valid choices are:\n']
  for (let index = 0; index < choices.length; index += 2) {
    lines.push(
      choices
        .slice(index, index + 2)
        .map(choice => choice.padEnd(40))
        .join(' | '),
    )
  }
  const similar = closeMatches(word, choices)
  if (similar.length > 0) {
    lines.push(`\n\nInvalid choice: '${word}', maybe you meant:\n`, ...similar.map(choice => `  * ${choice}`))
  }
  return lines.join('\n')
}
