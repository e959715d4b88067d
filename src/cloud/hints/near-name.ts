/** Names that are compared at most, so that a wrong name in a loop costs little. */
const maxCompared = 1000
/** Most letters that a slip of the finger changes. */
const maxDistance = 2
/** Shorter names are too like each other for that. */
const minLength = 5

/** The name that was most likely meant: the same but for case and separators, or a letter or two away. */
export function findNearName(wanted: string, names: Iterable<string>): string | undefined {
  const plain = plainName(wanted)
  let near: string | undefined
  let compared = 0
  for (const name of names) {
    if (++compared > maxCompared) break
    if (name === wanted) continue
    if (plainName(name) === plain) return name
    if (near === undefined && isTypo(wanted, name)) near = name
  }
  return near
}

function plainName(name: string): string {
  return name.toLowerCase().replace(/[-_.]/g, '')
}

function isTypo(wanted: string, name: string): boolean {
  if (Math.min(wanted.length, name.length) < minLength) return false
  return editDistance(wanted, name) <= maxDistance
}

/** Letters to insert, remove or replace to get from one name to the other; more than `maxDistance` is not counted on. */
function editDistance(one: string, other: string): number {
  if (Math.abs(one.length - other.length) > maxDistance) return maxDistance + 1
  let previous = Array.from({ length: other.length + 1 }, (_, index) => index)
  for (let row = 1; row <= one.length; row++) {
    const current = [row]
    for (let column = 1; column <= other.length; column++) {
      const replaced = (previous[column - 1] ?? 0) + (one[row - 1] === other[column - 1] ? 0 : 1)
      current.push(Math.min(replaced, (previous[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1))
    }
    if (Math.min(...current) > maxDistance) return maxDistance + 1
    previous = current
  }
  return previous[other.length] ?? 0
}
