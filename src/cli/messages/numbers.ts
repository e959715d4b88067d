import type { Messages } from './messages.ts'

/** A duration with one decimal in the language's own form, e.g. `2,1 s`. */
export function formatSeconds(milliseconds: number, messages: Messages): string {
  return messages.units.seconds(formatDecimal(milliseconds / 1000, messages))
}

/** A number with one decimal in the language's own form, e.g. `68,7`. */
export function formatDecimal(value: number, messages: Messages): string {
  return value.toLocaleString(messages.locale, { minimumFractionDigits: 1, maximumFractionDigits: 1 })
}

/** An amount of bytes, in kB or MB of the decimal kind. */
export function formatBytes(bytes: number, messages: Messages): string {
  const { kilobytes, megabytes } = messages.units
  return bytes < 1_000_000
    ? kilobytes(formatInteger(Math.ceil(bytes / 1000), messages))
    : megabytes(formatDecimal(bytes / 1_000_000, messages))
}

/** An integer in the language's own form, e.g. `12.345`. */
export function formatInteger(value: number, messages: Messages): string {
  return value.toLocaleString(messages.locale, { maximumFractionDigits: 0 })
}
