import { isRecord } from '../values/record.ts'
import { guessContentType } from './content-type.ts'
import type { Item } from './item.ts'
import { multipartThreshold, type Part, partSizeFor, uploadInParts } from './multipart.ts'
import type { Input } from './request-inputs.ts'
import type { Transfer } from './transfer.ts'
import { splitUri } from './uri.ts'

/** Copies an object within S3, in parts from 8 MiB on. */
export async function copyObject(item: Item, transfer: Transfer): Promise<void> {
  const { api, inputs, onBytes } = transfer
  const { bucket, key } = splitUri(item.destination)
  const type = guessedType(item, transfer)
  if ((item.size ?? 0) >= multipartThreshold) return copyInParts(item, transfer, type)
  await api.call('CopyObject', { Bucket: bucket, Key: key, CopySource: item.path, ...type, ...inputs.copy })
  onBytes(item.size ?? 0)
}

function guessedType({ path }: Item, { guessesType, inputs }: Transfer): Input {
  if (!guessesType || inputs.copy.ContentType !== undefined) return {}
  const type = guessContentType(path)
  return type === undefined ? {} : { ContentType: type }
}

/** Members that only the copy of a whole object takes. */
const wholeCopyOnly = ['MetadataDirective', 'TaggingDirective']

function copyInParts(item: Item, { api, inputs, onBytes }: Transfer, type: Input): Promise<void> {
  const isForPart = ([name]: [string, unknown]): boolean => name.startsWith('CopySource')
  const forCreate = Object.entries(inputs.copy).filter(
    entry => !isForPart(entry) && !wholeCopyOnly.includes(entry[0]),
  )
  const forPart = { ...inputs.part, ...Object.fromEntries(Object.entries(inputs.copy).filter(isForPart)) }
  return uploadInParts({
    api,
    ...splitUri(item.destination),
    createInput: { ...type, ...Object.fromEntries(forCreate) },
    parts: rangesOf(item.size ?? 0),
    send: async ({ number, content }, target) => {
      const range = { CopySource: item.path, CopySourceRange: `bytes=${content.first}-${content.last}` }
      const answer = await api.call('UploadPartCopy', { ...target, PartNumber: number, ...range, ...forPart })
      onBytes(content.last - content.first + 1)
      return isRecord(answer.CopyPartResult) ? answer.CopyPartResult : {}
    },
  })
}

/** Byte ranges, both ends inclusive. */
async function* rangesOf(size: number): AsyncGenerator<Part<{ first: number; last: number }>> {
  const partSize = partSizeFor(size)
  for (let number = 1, first = 0; first < size; number++, first += partSize) {
    yield { number, content: { first, last: Math.min(first + partSize, size) - 1 } }
  }
}
