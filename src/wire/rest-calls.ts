import type { ServiceModel } from './model.ts'
import type { Protocol } from './protocol.ts'
import { type DocumentCodec, readInput } from './rest-bindings.ts'
import { createRestRouter } from './rest-router.ts'

/** How the REST protocols find a request's operation and read its input; they differ in their documents only. */
export function createRestCalls(model: ServiceModel, codec: DocumentCodec): Protocol['route'] {
  const route = createRestRouter(model.operations)
  return (request, isImplemented) => {
    const found = route(request, isImplemented)
    if (!found) return undefined
    const { operation, labels } = found
    return { operation, readInput: rules => readInput({ operation, request, labels }, codec, rules) }
  }
}
