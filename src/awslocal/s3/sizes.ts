const suffixes = ['KiB', 'MiB', 'GiB', 'TiB', 'PiB', 'EiB']
const base = 1024

/** A size in bytes for people: `1 Byte`, `10 Bytes`, `1.0 KiB`. */
export function humanSize(bytes: number): string {
  if (bytes === 1) return '1 Byte'
  if (bytes < base) return `${Math.trunc(bytes)} Bytes`
  for (const [index, suffix] of suffixes.entries()) {
    const unit = base ** (index + 2)
    if (Math.round((bytes / unit) * base) < base) return `${((base * bytes) / unit).toFixed(1)} ${suffix}`
  }
  return `${bytes} Bytes`
}
