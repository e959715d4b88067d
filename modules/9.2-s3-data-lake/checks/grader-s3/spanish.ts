/** A whole number as Spanish writes it, e.g. `1.205`. */
export function formatCount(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, '.')
}

/** A count with its noun, e.g. `1 clave`, `1.205 claves`. */
export function countOf(count: number, singular: string, plural = `${singular}s`): string {
  return `${formatCount(count)} ${count === 1 ? singular : plural}`
}

/** A few of many, quoted, e.g. `«a», «b» y 3 más`. */
export function quoteSome(texts: readonly string[], shown = 2): string {
  const quoted = texts.slice(0, shown).map(text => `«${text}»`)
  const more = texts.length - quoted.length
  if (more > 0) return `${quoted.join(', ')} y ${formatCount(more)} más`
  return quoted.length < 2 ? quoted.join('') : `${quoted.slice(0, -1).join(', ')} y ${quoted.at(-1)}`
}
