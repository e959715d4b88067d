import type { Option } from './arguments/option.ts'
import type { OptionValues } from './arguments/option-values.ts'
import type { Answer } from './client/call.ts'
import type { CommandContext } from './context.ts'

/** Calls an operation by AWS's name with an input that is checked first; the signal gives the call up. */
export type ServiceCall = (
  operation: string,
  request: { readonly input: Record<string, unknown>; readonly signal?: AbortSignal },
) => Promise<Answer>

/** A command of a service that is none of its operations, e.g. `logs tail`. */
export interface ServiceCommand {
  /** In the language of the moment. */
  readonly options: () => readonly Option[]
  readonly run: (given: {
    readonly values: OptionValues
    readonly call: ServiceCall
    /** The same for an operation whose answer is a stream of events; the answer is as the SDK reads it. */
    readonly stream: ServiceCall
    readonly context: CommandContext
  }) => Promise<number>
}
