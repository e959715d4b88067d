import { metadataTooLarge } from '../errors.ts'
import { maxMetadataBytes } from '../limits.ts'

/** No user metadata: shared, because most objects have none. */
export const noMetadata: Readonly<Record<string, string>> = {}

/**
 * User metadata as it is kept and answered: text outside of ASCII as an RFC 2047 word, whichever way it was sent. Words
 * in a header are read, and come back as plain ASCII where they say no more; a form's field is text, and its words stay:
 * `test_user_metadata_rfc2047_encoded` and `test_post_object_with_unicode_metadata` in localstack/localstack's
 * tests/aws/services/s3/test_s3.snapshot.json, recorded from AWS.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingMetadata.html
 * @throws AwsError MetadataTooLarge
 */
export function readMetadata(
  input: Readonly<Record<string, string>> | undefined,
  keepsWords = false,
): Readonly<Record<string, string>> {
  if (input === undefined) return noMetadata
  const metadata: Record<string, string> = {}
  let bytes = 0
  for (const [name, value] of Object.entries(input)) {
    bytes += Buffer.byteLength(name) + Buffer.byteLength(value)
    const isPlain = plainAscii.test(value)
    metadata[name.toLowerCase()] = isPlain ? value : encodeWord(keepsWords ? value : decodeWords(value))
  }
  if (bytes > maxMetadataBytes) throw metadataTooLarge(bytes, maxMetadataBytes)
  return metadata
}

/** ASCII without control characters, and without words that are encoded already. */
const plainAscii = /^(?!.*=\?)[\t -~]*$/

/** Characters that AWS leaves as they are within an encoded word. */
const safeOctet = /[!-<>@A-^`-~\t]/

/** What cannot be shown is written in base64, anything else so that a person can read most of it. */
function encodeWord(text: string): string {
  if (/^[\t -~]*$/.test(text)) return text
  const bytes = Buffer.from(text)
  if (/[\p{C}\ufffd]/u.test(text)) return `=?UTF-8?B?${bytes.toString('base64')}?=`
  const octets = [...bytes.toString('latin1')].map(octet =>
    safeOctet.test(octet) ? octet : encodeOctet(octet),
  )
  return `=?UTF-8?Q?${octets.join('')}?=`
}

function encodeOctet(octet: string): string {
  if (octet === ' ') return '_'
  return `=${octet.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`
}

const encodedWord = /=\?(utf-8|us-ascii|iso-8859-1)\?([bq])\?([^?]*)\?=/gi

/** Decodes RFC 2047 words (`=?UTF-8?B?w7E=?=`); other text stays as it is. */
function decodeWords(text: string): string {
  if (!text.includes('=?')) return text
  return text
    .replace(/\?=\s+=\?/g, '?==?')
    .replace(encodedWord, (_, charset: string, encoding: string, content: string) => {
      const bytes =
        encoding.toLowerCase() === 'b' ? Buffer.from(content, 'base64') : decodeQuotedPrintable(content)
      return bytes.toString(charset.toLowerCase() === 'utf-8' ? 'utf8' : 'latin1')
    })
}

function decodeQuotedPrintable(content: string): Buffer {
  const octets = content
    .replaceAll('_', ' ')
    .replace(/=([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
  return Buffer.from(octets, 'latin1')
}
