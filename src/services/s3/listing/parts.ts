import { invalidArgument } from '../errors.ts'

/** A page of parts, by number. */
export interface PartPage<Part> {
  readonly parts: Part[]
  readonly isTruncated: boolean
  /** The number behind which the page begins, as the answer tells it. */
  readonly marker: string
  /** The last number of the page, 0 when it is empty. */
  readonly nextMarker: string
}

/**
 * Makes a page of parts behind a part number.
 * @throws AwsError InvalidArgument
 */
export function pageOfParts<Part extends { readonly partNumber: number }>(
  parts: readonly Part[],
  marker: string | undefined,
  limit: number,
): PartPage<Part> {
  const after = readMarker(marker)
  const rest = parts
    .filter(part => part.partNumber > after)
    .sort((left, right) => left.partNumber - right.partNumber)
  const page = rest.slice(0, limit)
  return {
    parts: page,
    isTruncated: limit > 0 && page.length < rest.length,
    marker: String(after),
    nextMarker: String(page.at(-1)?.partNumber ?? 0),
  }
}

function readMarker(marker: string | undefined): number {
  if (marker === undefined || marker === '') return 0
  if (/^\d{1,9}$/.test(marker)) return Number(marker)
  const message = 'Provided part-number-marker not an integer or within integer range'
  throw invalidArgument(message, 'part-number-marker', marker)
}
