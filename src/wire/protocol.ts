import type { AwsError } from '../core/aws-error.ts'
import type { CompiledOperation } from './compiled-operation.ts'
import type { WireExchange, WireRequest, WireResponse } from './http.ts'
import type { ServiceModel } from './model.ts'

/** Sees a document's bytes; throws AwsError to refuse them. */
export type InspectBytes = (bytes: Buffer) => void

/** What a service demands of the documents (not objects) that come as bodies. */
export interface DocumentRules {
  readonly inspect?: InspectBytes | undefined
  /** Largest document that is read, in bytes; the protocol's own limit where absent. */
  readonly limitBytes?: number | undefined
}

/** A decoded call: which operation, and how to read its input. */
export interface Call {
  readonly operation: CompiledOperation
  readInput(rules?: DocumentRules): Promise<Record<string, unknown>>
}

/** One AWS protocol, mirrored: what a client writes it reads, what a client reads it writes. */
export interface Protocol {
  /** Finds the operation, or gives `undefined` when the request names none that the service has. */
  route(request: WireRequest, isImplemented: (name: string) => boolean): Call | undefined
  writeOutput(
    operation: CompiledOperation,
    output: Record<string, unknown>,
    exchange: WireExchange,
  ): WireResponse
  writeError(error: AwsError, exchange: WireExchange): WireResponse
}

export type ProtocolFactory = (model: ServiceModel) => Protocol
