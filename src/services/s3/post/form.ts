import { Readable } from 'node:stream'
import { Busboy, type BusboyInstance } from '@fastify/busboy'
import { AwsError } from '../../../core/aws-error.ts'
import type { WireRequest } from '../../../wire/http.ts'
import { fieldsTooLarge, malformedPost, notOneFile } from './errors.ts'

/** Bytes of the fields before the file. https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-HTTPPOSTForms.html */
const maxFieldBytes = 20 * 1024

/** A form as far as its file, which has not been read. */
export interface Form {
  /** By lower-case name. */
  readonly fields: ReadonlyMap<string, string>
  readonly file: Readable
  /** Without folders; absent for a file that comes as a plain field. */
  readonly fileName: string | undefined
}

/**
 * Reads a form up to its file; what comes after the file is ignored.
 * @throws AwsError MalformedPOSTRequest, IncorrectNumberOfFilesInPostRequest, MaxPostPreDataLengthExceeded
 */
export function readForm({ headers, body }: Pick<WireRequest, 'headers' | 'body'>): Promise<Form> {
  const source = Readable.from(body)
  const parser = createParser(String(headers['content-type']))
  return new Promise((resolve, reject) => {
    const fields = new Map<string, string>()
    let bytes = 0
    let file: Readable | undefined
    const fail = (error: AwsError): void => {
      reject(error)
      file?.destroy(error)
      source.unpipe(parser)
      // The client is heard out, so that it hears the answer.
      source.resume()
    }
    parser.on('field', (name: string | undefined, value, _nameTruncated, isTruncated) => {
      if (name === undefined) return fail(malformedPost())
      bytes += Buffer.byteLength(name) + Buffer.byteLength(value)
      if (isTruncated || bytes > maxFieldBytes) fail(fieldsTooLarge())
      else if (file === undefined) fields.set(name.toLowerCase(), value)
    })
    parser.on('file', (_name, stream, fileName) => {
      file = stream
      // Who reads the file learns of it; a form whose file is not wanted may break off.
      stream.on('error', cause => fail(malformedPost(cause)))
      resolve({ fields, file: stream, fileName })
    })
    parser.on('finish', () => reject(notOneFile()))
    parser.on('error', cause => fail(malformedPost(cause)))
    source.on('error', cause => fail(cause instanceof AwsError ? cause : malformedPost(cause)))
    source.pipe(parser)
  })
}

function createParser(contentType: string): BusboyInstance {
  try {
    return new Busboy({
      headers: { 'content-type': contentType },
      isPartAFile: name => name?.toLowerCase() === 'file',
      limits: { fieldSize: maxFieldBytes, files: 1, headerSize: maxFieldBytes },
    })
  } catch (cause) {
    throw malformedPost(cause)
  }
}
