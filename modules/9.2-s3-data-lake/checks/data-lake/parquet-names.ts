import { deserializeTCompactProtocol } from 'hyparquet/src/thrift.js'

const footerTailBytes = 8

/** Names are read as they are: hyparquet's own decoder would hide a BOM at the start of one. */
const decoder = new TextDecoder('utf-8', { ignoreBOM: true })

/** The names of a Parquet file's columns, from its footer; the file must be one that hyparquet opens, without nesting. */
export function readColumnNames(file: ArrayBuffer): string[] {
  const view = new DataView(file)
  const end = view.byteLength - footerTailBytes
  const metadata: Readonly<Record<string, unknown>> = deserializeTCompactProtocol({
    view,
    offset: end - view.getUint32(end, true),
  })
  // In parquet.thrift, FileMetaData's field 2 is the schema, and field 4 of its elements the name; the first is the root.
  const { field_2: schema } = metadata
  if (!Array.isArray(schema)) throw new Error('el pie no tiene esquema')
  return schema.slice(1).map(({ field_4: name }) => decoder.decode(name))
}
