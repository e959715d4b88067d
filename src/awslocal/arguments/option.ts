/** How many words follow an option: exactly this many, none or one (`?`), any (`*`), one or more (`+`). */
export type Arity = number | '?' | '*' | '+'

/** One option or positional argument of a command, as the command line's grammar sees it. */
export interface Option {
  /** Without dashes, e.g. `max-keys`; positional ones are words without a dash. */
  readonly name: string
  readonly positional?: boolean
  /** Where the value is kept; the name unless two options share one (`--flag` and `--no-flag`). */
  readonly destination?: string
  /** 1 unless said. */
  readonly arity?: Arity
  /** What the option means when no word follows it. */
  readonly implied?: string | boolean
  readonly required?: boolean
  readonly choices?: readonly string[]
  /** The word must be a whole number, checked while parsing. */
  readonly integer?: boolean
  /** Each use adds to a list; `filter` keeps the option's own name beside the word. */
  readonly collect?: 'words' | 'filter'
  readonly initial?: string | boolean | number
  /** How help names the value, e.g. `<valor>` or `JSON`. */
  readonly valueName?: string
  readonly help?: string
}

/** One `--include` or `--exclude` with its pattern, in the order given. */
export interface FilterUse {
  readonly option: string
  readonly pattern: string
}

export type ParsedValue =
  | string
  | number
  | boolean
  | readonly string[]
  | readonly (readonly string[])[]
  | readonly FilterUse[]

/** What was understood, by destination, and the words that were not, in order. */
export interface ParsedArguments {
  readonly values: ReadonlyMap<string, ParsedValue>
  readonly rest: readonly string[]
}

/** The key under which an option's value is kept. */
export function destinationOf(option: Option): string {
  return option.destination ?? option.name
}

/** How messages name an option: `--bucket`, or the bare word of a positional one. */
export function shownName(option: Option): string {
  return option.positional === true ? option.name : `--${option.name}`
}
