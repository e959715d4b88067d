/**
 * Puts a record into a map of a state and gives it as the state has it. Whoever changes it later must change that one:
 * a data folder hears of changes through the state alone.
 */
export function putInState<Key, Value>(map: Map<Key, Value>, key: Key, value: Value): Value {
  map.set(key, value)
  return map.get(key) as Value
}
