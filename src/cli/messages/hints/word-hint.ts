import type { Messages } from '../messages.ts'
import type { HintFacts } from './es.ts'

/** A hint of the cloud, as far as its words depend on it. */
interface WordedHint {
  readonly id: string
  readonly facts: HintFacts
}

/** What a hint says in the language of the command line; its id where there are no words, which a test excludes. */
export function wordHint({ id, facts }: WordedHint, { hints }: Messages): string {
  const words: Readonly<Record<string, (facts: HintFacts) => string>> = hints
  return words[id]?.(facts) ?? id
}
