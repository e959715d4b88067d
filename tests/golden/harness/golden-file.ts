/**
 * Golden files: requests as a client sends them and the answers that they must get, as text (`tests/golden/README.md`).
 */

/** A call that a case needs before its request. */
export interface GivenCall {
  readonly method: string
  readonly target: string
  readonly headers: readonly Header[]
  readonly body: string
  /** How often it is made; `{n}` is then which time it is, from 1. */
  readonly times: number
  /** What is kept of its answer under a name: a header's value or an element's text. */
  readonly keep: { readonly name: string; readonly from: string } | undefined
}

/** Time that passes between two calls of a case. */
export interface GivenTime {
  readonly milliseconds: number
}

export type Given = GivenCall | GivenTime
export type Header = readonly [name: string, value: string]

/** A request as it is written: without the headers that every client sends. */
export interface GoldenRequest {
  readonly method: string
  readonly target: string
  readonly headers: readonly Header[]
  readonly body: string
}

/** One request with what comes before it and what it must be answered. */
export interface GoldenCase {
  readonly name: string
  /** How its cloud is started, e.g. `enforceIam`. */
  readonly settings: readonly string[]
  readonly given: readonly Given[]
  readonly request: GoldenRequest
  /** Its text but for the answer, as it stands in the file. */
  readonly text: string
  /** As it stands in the file; empty until it was recorded. */
  readonly answer: string
}

/** A file of cases; `introduction` is what stands before the first one. */
export interface GoldenFile {
  readonly introduction: string
  readonly cases: readonly GoldenCase[]
}

const answerMark = '\n<<<\n'

/** Reads a file of cases; throws an Error that names the line it cannot read. */
export function parseGoldenFile(text: string): GoldenFile {
  const [introduction = '', ...blocks] = text.replace(/\n$/, '').split(/^(?==== )/m)
  return { introduction, cases: blocks.map(block => parseCase(block.replace(/\n\n$/, ''))) }
}

/** Writes a file of cases, with these answers in place of those that it had. */
export function renderGoldenFile({ introduction, cases }: GoldenFile, answers: readonly string[]): string {
  const blocks = cases.map(({ text }, at) => `${text}${answerMark}${answers[at]}`)
  return `${introduction}${blocks.join('\n\n')}\n`
}

function parseCase(block: string): GoldenCase {
  const at = block.indexOf(answerMark)
  const text = at < 0 ? block.replace(/\n<<<$/, '').trimEnd() : block.slice(0, at)
  const answer = at < 0 ? '' : block.slice(at + answerMark.length)
  const [title = '', ...lines] = text.split('\n')
  const start = lines.findIndex(line => / HTTP\/1\.1$/.test(line))
  if (start < 0) throw new Error(`no request in «${title}»`)
  const before = lines.slice(0, start).filter(line => line !== '' && !line.startsWith('# '))
  return {
    name: title.slice('=== '.length),
    settings: before.filter(line => line.startsWith('with ')).map(line => line.slice('with '.length)),
    given: before.filter(line => !line.startsWith('with ')).map(parseGiven),
    request: parseRequest(lines.slice(start)),
    text,
    answer,
  }
}

const call = /^given (?:(\d+) times )?(\S+) (\S+)((?: \([^()]*\))*)(?: \| (.*?))?(?: -> (\S+): (\S+))?$/
const time = /^given (\d+) (seconds|days) later$/
const unitMilliseconds = { seconds: 1000, days: 86_400_000 }

function parseGiven(line: string): Given {
  const [, amount, unit] = time.exec(line) ?? []
  if (amount !== undefined) {
    return { milliseconds: Number(amount) * unitMilliseconds[unit as keyof typeof unitMilliseconds] }
  }
  const [, times = '1', method, target, headers = '', body = '', name, from] = call.exec(line) ?? []
  if (method === undefined || target === undefined) throw new Error(`cannot read «${line}»`)
  return {
    method,
    target,
    headers: [...headers.matchAll(/\(([^()]*)\)/g)].map(([, header = '']) => parseHeader(header)),
    body,
    times: Number(times),
    keep: name === undefined || from === undefined ? undefined : { name, from },
  }
}

function parseRequest([line = '', ...lines]: readonly string[]): GoldenRequest {
  const [method = '', target = ''] = line.split(' ')
  const blank = lines.indexOf('')
  const headers = (blank < 0 ? lines : lines.slice(0, blank)).map(parseHeader)
  const body = blank < 0 ? '' : bodyOf(lines.slice(blank + 1), headers)
  return { method, target, headers, body }
}

/** Forms and chunks have lines that end as HTTP's do; chunks end with an empty one. */
function bodyOf(lines: readonly string[], headers: readonly Header[]): string {
  const says = (what: string): boolean => headers.some(([, value]) => value.startsWith(what))
  if (says('aws-chunked')) return `${lines.join('\r\n')}\r\n\r\n`
  return lines.join(says('multipart/form-data') ? '\r\n' : '\n')
}

function parseHeader(line: string): Header {
  const at = line.indexOf(':')
  if (at < 0) throw new Error(`no header: «${line}»`)
  return [line.slice(0, at), line.slice(at + 1).trim()]
}
