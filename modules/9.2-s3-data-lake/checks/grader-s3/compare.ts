import { countOf, formatCount, quoteSome } from './spanish.ts'

/** How two lists of keys (or ids) differ, whatever their order, in one Spanish line; `undefined` when they do not. */
export function describeKeyDifference(
  expected: readonly string[],
  found: readonly string[],
): string | undefined {
  const wanted = new Set(expected)
  const given = new Set(found)
  const missing = expected.filter(key => !given.has(key))
  const extra = [...given].filter(key => !wanted.has(key))
  const parts = [
    missing.length > 0 ? `falta${missing.length === 1 ? '' : 'n'} ${quoteSome(missing)}` : '',
    extra.length > 0 ? `sobra${extra.length === 1 ? '' : 'n'} ${quoteSome(extra)}` : '',
    found.length > given.size ? countOf(found.length - given.size, 'repetida') : '',
  ].filter(part => part !== '')
  return parts.length === 0 ? undefined : parts.join('; ')
}

/** How bytes differ from those expected, in one Spanish line; `undefined` when they do not. */
export function describeByteDifference(expected: Buffer, found: Buffer | undefined): string | undefined {
  if (found === undefined) return 'no existe'
  if (expected.equals(found)) return undefined
  if (expected.length !== found.length)
    return `${formatCount(found.length)} bytes en vez de ${formatCount(expected.length)}`
  const first = expected.findIndex((byte, index) => byte !== found[index])
  return `otros bytes desde la posición ${formatCount(first)}`
}
