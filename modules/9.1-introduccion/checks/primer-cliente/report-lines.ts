/** What the program's standard output says. */
export interface Report {
  readonly account: string | undefined
  readonly arn: string | undefined
  /** The number after `Buckets:`, as printed. */
  readonly bucketCount: string | undefined
  /** The lines after it that are not empty, sorted. */
  readonly bucketNames: readonly string[]
}

/** Reads `Cuenta: …`, `ARN: …`, `Buckets: n` and the names below it. */
export function readReport(stdout: string): Report {
  const lines = stdout.split(/\r?\n/).map(line => line.trim())
  const valueAfter = (label: string): string | undefined =>
    lines
      .find(line => line.startsWith(`${label}:`))
      ?.slice(label.length + 1)
      .trim()
  const header = lines.findIndex(line => line.startsWith('Buckets:'))
  return {
    account: valueAfter('Cuenta'),
    arn: valueAfter('ARN'),
    bucketCount: valueAfter('Buckets'),
    bucketNames:
      header < 0
        ? []
        : lines
            .slice(header + 1)
            .filter(line => line !== '')
            .sort(),
  }
}

/** A few names in a line: `a, b, c y 4 más`. */
export function listNames(names: readonly string[]): string {
  const maximumNames = 4
  if (names.length === 0) return 'ninguno'
  const shown = names.slice(0, maximumNames).join(', ')
  return names.length > maximumNames ? `${shown} y ${names.length - maximumNames} más` : shown
}
