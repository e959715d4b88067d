import { createHash } from 'node:crypto'
import type { RawAnswer } from './raw-http.ts'

/** Values that stand in a file by their name: `{upload}`. */
export type NamedValues = ReadonlyMap<string, string>

/** Puts values in the place of their names; `{5 MiB}` is that many bytes, a name that is not there stays as it is. */
export function fillIn(text: string, values: NamedValues): string {
  return text.replace(/\{([^{}\n]+)\}/g, (whole, name: string) => {
    const mebibytes = /^(\d+) MiB$/.exec(name)?.[1]
    if (mebibytes !== undefined) return 'a'.repeat(Number(mebibytes) * 1024 * 1024)
    return values.get(name) ?? whole
  })
}

/** The MD5 of a body as `Content-MD5` carries it. */
export function md5Of(body: Buffer): string {
  return createHash('md5').update(body).digest('base64')
}

/** An answer as text, with names in the place of what no two runs have alike. What has not its shape stays. */
export function describeAnswer(answer: RawAnswer, values: NamedValues): string {
  const { statusLine, headers, body } = answer
  const lines = [statusLine, ...headers.map(([name, value]) => `${name}: ${value}`)]
  const head = Buffer.from(lines.join('\n'), 'latin1').toString('utf8')
  const text = body.length === 0 ? head : `${head}\n\n${body.toString('utf8')}`
  return nameNewIds(nameKnown(text, new Map([...values, ...idsOf(headers)])))
}

/** The ids of a request: its answer's body must carry those of its headers. */
function idsOf(headers: RawAnswer['headers']): NamedValues {
  const ids = new Map<string, string>()
  for (const [header, value] of headers) {
    const { name, shape } = requestIds[header.toLowerCase()] ?? {}
    if (name !== undefined && shape?.test(value)) ids.set(name, value)
  }
  return ids
}

const uuid = '[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}'

const requestIds: Readonly<Record<string, { readonly name: string; readonly shape: RegExp }>> = {
  'x-amz-request-id': { name: 'request-id', shape: new RegExp(`^(?:[0-9A-F]{16}|${uuid})$`) },
  'x-amzn-requestid': { name: 'request-id', shape: new RegExp(`^${uuid}$`) },
  'x-amz-id-2': { name: 'host-id', shape: /^[A-Za-z0-9+/]{16,}={0,2}$/ },
  date: { name: 'date', shape: /^[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT$/ },
}

function nameKnown(text: string, values: NamedValues): string {
  let named = text
  for (const [name, value] of values) named = named.replaceAll(value, `{${name}}`)
  return named
}

/** What an answer names for the first time, by where it stands: group 1 goes before it, group 2 is the id. */
const newIds: readonly { readonly name: string; readonly place: RegExp }[] = [
  { name: 'version-id', place: /^(x-amz-(?:copy-source-)?version-id: )([0-9a-f]{32})$/m },
  { name: 'version-id', place: /(<(?:DeleteMarker)?VersionId>)([0-9a-f]{32})(?=<)/ },
  { name: 'upload-id', place: /(<UploadId>)([0-9a-zA-Z._]{32,})(?=<)/ },
]

function nameNewIds(text: string): string {
  let named = text
  for (const { name, place } of newIds) {
    for (let match = place.exec(named); match; match = place.exec(named)) {
      named = named.replaceAll(match[2] as string, `{${freeName(name, named)}}`)
    }
  }
  return named
}

/** `name`, or `name-2` and so on where the text has it already. */
function freeName(name: string, text: string): string {
  for (let at = 1; ; at++) {
    const candidate = at === 1 ? name : `${name}-${at}`
    if (!text.includes(`{${candidate}}`)) return candidate
  }
}
