import { parseXML } from '@aws-sdk/xml-builder'
import { malformedXml } from '../errors.ts'

interface TaggingDocument {
  readonly Tagging?: { readonly TagSet?: { readonly Tag?: unknown } }
}

/**
 * A form's `tagging` field, a document, as the header that other uploads carry.
 * @throws AwsError MalformedXML
 */
export function taggingHeader(document: string): string {
  const tag = parse(document).Tagging?.TagSet?.Tag
  const tags = tag === undefined ? [] : Array.isArray(tag) ? tag : [tag]
  return tags
    .map((each: { readonly Key?: unknown; readonly Value?: unknown }) => {
      if (typeof each?.Key !== 'string' || typeof each.Value !== 'string') throw malformedXml()
      return `${encodeURIComponent(each.Key)}=${encodeURIComponent(each.Value)}`
    })
    .join('&')
}

function parse(document: string): TaggingDocument {
  try {
    return parseXML(document) as TaggingDocument
  } catch {
    // S3's answer says all that there is to say.
    throw malformedXml()
  }
}
