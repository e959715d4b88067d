import { CommandFailure, ParameterError } from '../failure.ts'
import { resolveFileReference } from '../values/file-reference.ts'
import { toNumber } from '../values/unpack.ts'
import type { FilterUse, ParsedValue } from './option.ts'

/** The options of one command, read by name. */
export class OptionValues {
  private readonly values: ReadonlyMap<string, ParsedValue>

  constructor(values: ReadonlyMap<string, ParsedValue>) {
    this.values = values
  }

  flag(name: string): boolean {
    return this.values.get(name) === true
  }

  /** A text; `file://` and `fileb://` stand for the file's content. */
  text(name: string): string | undefined {
    const value = this.content(name)
    return value instanceof Uint8Array ? new TextDecoder().decode(value) : value
  }

  /** A text or the bytes of a file. */
  content(name: string): string | Uint8Array | undefined {
    const value = this.values.get(name)
    if (typeof value !== 'string') return undefined
    try {
      return resolveFileReference(value)
    } catch (error) {
      throw error instanceof CommandFailure ? new ParameterError(`--${name}`, error.message) : error
    }
  }

  number(name: string): number | undefined {
    const value = this.values.get(name)
    return value === undefined ? undefined : toNumber(String(value))
  }

  words(name: string): readonly string[] {
    const value = this.values.get(name)
    if (value === undefined) return []
    return Array.isArray(value) ? value.map(String) : [String(value)]
  }

  /** Words of an option that may be repeated, one list per use. */
  lists(name: string): readonly (readonly string[])[] {
    return (this.values.get(name) ?? []) as readonly (readonly string[])[]
  }

  filters(): readonly FilterUse[] {
    return (this.values.get('filters') ?? []) as readonly FilterUse[]
  }
}
