import { invalidArgument } from '../errors.ts'
import { maxIntegerArgument, maxPageEntries } from '../limits.ts'

/**
 * How many entries a page may have: S3 never gives more than 1,000, whatever is asked for.
 * @throws AwsError InvalidArgument
 */
export function readPageLimit(value: number | undefined, name: string): number {
  if (value === undefined) return maxPageEntries
  if (!Number.isInteger(value) || value < 0 || value > maxIntegerArgument) {
    const message = `Argument ${name} must be an integer between 0 and ${maxIntegerArgument}`
    throw invalidArgument(message, name, value)
  }
  return Math.min(value, maxPageEntries)
}

/** Writes keys as a listing's encoding wants them. */
export type KeyEncoder = (key: string) => string

const plainKey = /^[A-Za-z0-9/._*-]*$/

/**
 * How a listing writes keys: as they are, or URL-encoded with slashes kept and blanks as `+`.
 * @throws AwsError InvalidArgument for any encoding but `url`
 */
export function readKeyEncoder(encodingType: string | undefined): KeyEncoder {
  if (encodingType === undefined) return key => key
  if (encodingType !== 'url') {
    throw invalidArgument('Invalid Encoding Method specified in Request', 'encoding-type', encodingType)
  }
  return key => (plainKey.test(key) ? key : encodeKey(key))
}

function encodeKey(key: string): string {
  return encodeURIComponent(key)
    .replaceAll('%2F', '/')
    .replaceAll('%20', '+')
    .replace(/[!'()~]/g, character => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)
}
