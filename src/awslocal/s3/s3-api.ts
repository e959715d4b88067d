import { type Answer, type Caller, callOperation } from '../client/call.ts'
import type { CommandContext } from '../context.ts'
import { CommandFailure } from '../failure.ts'
import { toOptionName } from '../naming.ts'
import { type LoadedService, loadService } from '../operation/operation.ts'
import { Pages } from '../operation/paging.ts'
import { openCaller } from '../run-service.ts'
import { services } from '../services.ts'

/** S3's operations for the high-level commands; answers are as on the wire. */
export interface S3Api {
  readonly caller: Caller
  /** Calls an operation by AWS's name, e.g. `HeadObject`. */
  readonly call: (operation: string, input: Record<string, unknown>) => Promise<Answer>
  /** All pages of a listing; `pageSize` is what one call may bring. */
  readonly pages: (
    operation: string,
    input: Record<string, unknown>,
    pageSize?: number,
  ) => AsyncIterable<Answer>
  readonly close: () => void
}

/** Loads S3's client and opens it for the place where the command goes. */
export async function openS3(context: CommandContext): Promise<S3Api> {
  const service = services.find(({ id }) => id === 's3')
  if (service === undefined) throw new CommandFailure('s3')
  const loaded = await loadService(service)
  const caller = await openCaller(loaded, context)
  const call: S3Api['call'] = (name, input) => callOperation(caller, operationOf(loaded, name), input)
  return {
    caller,
    call,
    pages: (name, input, pageSize) => {
      const pagination = loaded.facts.pagination[name]
      if (pagination === undefined) throw new CommandFailure(name)
      return new Pages({
        pagination,
        input,
        call: each => call(name, each),
        ...(pageSize ? { pageSize } : {}),
      })
    },
    close: () => caller.client.destroy(),
  }
}

function operationOf({ operations }: LoadedService, name: string): Parameters<typeof callOperation>[1] {
  const operation = operations.get(toOptionName(name))
  if (operation === undefined) throw new CommandFailure(name)
  return operation
}
