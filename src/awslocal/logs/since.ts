import { CommandFailure } from '../failure.ts'

const unitSeconds: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400, w: 604_800 }
const isoDate =
  /^(\d{4})-?(\d{2})-?(\d{2})(?:[T ](\d{2})(?::?(\d{2})(?::?(\d{2}(?:[.,]\d+)?))?)?)? ?(Z|[+-]\d{2}(?::?\d{2})?)?$/i

/** The last second of the year 9999, since the epoch. */
const lastSecond = 253_402_300_799

/** Reads `--since`: `10m` before `now`, seconds since the epoch, or a date, which is UTC where it names no zone; in milliseconds. */
export function readSince(text: string, now: number): number {
  const relative = /^(\d+)([smhdw])$/.exec(text)
  if (relative !== null) return now - Number(relative[1]) * (unitSeconds[relative[2] ?? ''] ?? 0) * 1000
  const isSeconds = /^\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*$/i.test(text)
  if (isSeconds && Math.abs(Number(text)) > lastSecond) {
    throw new CommandFailure(`Unable to calculate correct timezone offset for "${text}"`)
  }
  const time = isSeconds ? Number(text) * 1000 : readDate(text)
  if (Number.isNaN(time)) {
    throw new CommandFailure(`Invalid timestamp "${text}": Unknown string format: ${text}`)
  }
  return Math.trunc(time)
}

function readDate(text: string): number {
  const found = isoDate.exec(text)
  if (found === null) return Number.NaN
  const [, year, month, day, hour = '00', minute = '00', second = '00', zone = 'Z'] = found
  const offset = /^z$/i.test(zone) ? 'Z' : `${zone.slice(0, 3)}:${zone.slice(3).replace(':', '') || '00'}`
  return Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second.replace(',', '.')}${offset}`)
}
