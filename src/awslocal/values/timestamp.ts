/** Reads a time as the AWS CLI does: seconds since the epoch, or a date, local where it names no zone. */
export function toTimestamp(value: unknown): Date | undefined {
  if (typeof value === 'number') return new Date(value * 1000)
  if (typeof value !== 'string' || value.trim() === '') return undefined
  if (/^[+-]?\d+(\.\d+)?$/.test(value)) return new Date(Number(value) * 1000)
  const date = new Date(/^\d{4}-\d{2}-\d{2}$/.test(value) ? `${value}T00:00:00` : value)
  return Number.isNaN(date.getTime()) ? undefined : date
}
