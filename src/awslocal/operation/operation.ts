import type { StaticOperationSchema } from '@smithy/types'
import { toOptionName } from '../naming.ts'
import type { Shape } from '../schema/shape.ts'
import { readShape } from '../schema/shape.ts'
import type { ServiceCommand } from '../service-command.ts'
import type { ServiceFacts } from '../services/facts.ts'
import type { Service } from '../services.ts'

/** A service whose client is loaded. */
export interface LoadedService {
  readonly service: Service
  readonly client: Readonly<Record<string, unknown>>
  readonly facts: ServiceFacts
  /** By the word on the command line, sorted by AWS's name. */
  readonly operations: ReadonlyMap<string, Operation>
  /** Those that are no commands, by AWS's name: their answer is a stream of events. */
  readonly streams: ReadonlyMap<string, Operation>
  /** Commands that are no operations, by word. */
  readonly commands: Readonly<Record<string, ServiceCommand>>
}

/** One operation of a service. */
export interface Operation {
  /** AWS's name, e.g. `PutObject`. */
  readonly name: string
  /** The word on the command line, e.g. `put-object`. */
  readonly command: string
  readonly schema: StaticOperationSchema
  readonly input: Shape
  readonly output: Shape
}

const operationKind = 9

/** Loads a service's client and reads its operations from the SDK's schemas. */
export async function loadService(service: Service): Promise<LoadedService> {
  const [module, facts, commands = {}] = await Promise.all([
    service.loadClient(),
    service.loadFacts(),
    service.loadCommands?.(),
  ])
  const client = exportsOf(module)
  const isHidden = (name: string): boolean => service.hiddenOperations?.includes(name) ?? false
  const operations = Object.values(client)
    .filter(isOperationSchema)
    .map(schema => readOperation(schema, facts.default))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
  return {
    service,
    client,
    facts: facts.default,
    commands,
    operations: new Map(
      operations.filter(({ name }) => !isHidden(name)).map(operation => [operation.command, operation]),
    ),
    streams: new Map(
      operations.filter(({ name }) => isHidden(name)).map(operation => [operation.name, operation]),
    ),
  }
}

/** A package in the older module format shows all its exports below `default` only, unless it is bundled. */
function exportsOf(module: object): Readonly<Record<string, unknown>> {
  const inner = 'default' in module && typeof module.default === 'object' ? module.default : {}
  return { ...inner, ...module }
}

function isOperationSchema(value: unknown): value is StaticOperationSchema {
  return Array.isArray(value) && value[0] === operationKind
}

function readOperation(schema: StaticOperationSchema, facts: ServiceFacts): Operation {
  let input: Shape | undefined
  let output: Shape | undefined
  return {
    name: schema[2],
    command: toOptionName(schema[2]),
    schema,
    get input() {
      input ??= readShape(schema[4], facts)
      return input
    },
    get output() {
      output ??= readShape(schema[5], facts)
      return output
    },
  }
}
