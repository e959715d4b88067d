import type { ChangeRecorder } from './changes.ts'
import { type Container, kindOf } from './containers.ts'
import { createArrayHandler } from './recorded-array.ts'
import { RecordedMap } from './recorded-map.ts'
import { createRecordHandler } from './recorded-record.ts'
import { RecordedSet } from './recorded-set.ts'
import { unwrap } from './unwrap.ts'

/** Views of containers: they read and change the container itself, and every change is recorded. */
export interface Views extends ChangeRecorder {
  /** The one view of a container; anything else as it is. What is read out of a view is a view again. */
  of<Value>(value: Value): Value
}

/** Creates the views of one cloud's states. */
export function createViews(recorder: ChangeRecorder): Views {
  // Containers live as long as the states that hold them, and their views as long as they.
  const known = new WeakMap<object, object>()
  const create = (container: object): object => {
    const kind = kindOf(container)
    if (kind === undefined || unwrap(container) !== container) return container
    const view = createView(container as Container)
    known.set(container, view)
    return view
  }
  const createView = (container: Container): object => {
    if (container instanceof Map) return new RecordedMap(container, views)
    if (container instanceof Set) return new RecordedSet(container, views)
    return new Proxy(container, Array.isArray(container) ? arrayHandler : recordHandler)
  }
  const views: Views = {
    wants: recorder.wants,
    record: recorder.record,
    of: value =>
      typeof value === 'object' && value !== null
        ? ((known.get(value) ?? create(value)) as typeof value)
        : value,
  }
  const recordHandler = createRecordHandler(views) as ProxyHandler<Container>
  const arrayHandler = createArrayHandler(views) as ProxyHandler<Container>
  return views
}
