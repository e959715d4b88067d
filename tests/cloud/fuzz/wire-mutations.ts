import type { HttpRequest as SentRequest } from '@smithy/types'
import type { Random } from '../../../src/core/random.ts'
import { flipBytes } from './noise.ts'
import { headerLines, queryValues, subresources } from './noise-pieces.ts'

/** A request whose parts are all there, as clients hand it to their handler. */
type HttpRequest = SentRequest & { query: NonNullable<SentRequest['query']> }

/** Changes one thing of a request that a client has written. */
type Mutation = (random: Random, request: HttpRequest) => void

const mutations: readonly Mutation[] = [
  changeBody,
  changeBody,
  changeBody,
  changeBody,
  (random, { query }) => {
    query[random.pick(subresources)] = decode(random.pick(queryValues))
  },
  (random, { query }) => {
    const names = Object.keys(query)
    if (names.length > 0) query[random.pick(names)] = decode(random.pick(queryValues))
  },
  (random, { query }) => {
    const names = Object.keys(query)
    if (names.length > 0) delete query[random.pick(names)]
  },
  (random, { headers }) => {
    const [name = '', ...value] = random.pick(headerLines).split(':')
    const text = value.join(':').trim()
    // What Node's client refuses to send is left to the noise of bytes.
    if (/^[a-z0-9-]+$/.test(name) && /^[\x20-\x7e]*$/.test(text) && !isFraming(name)) headers[name] = text
  },
  (random, { headers }) => {
    const names = Object.keys(headers).filter(name => !isFraming(name.toLowerCase()))
    if (names.length > 0) delete headers[random.pick(names)]
  },
  (random, request) => {
    request.method = random.pick(['GET', 'PUT', 'POST', 'DELETE', 'HEAD', 'OPTIONS'])
    if (request.method === 'GET' || request.method === 'HEAD') setBody(request, Buffer.alloc(0))
  },
  (random, request) => {
    const at = random.integer(1, request.path.length)
    request.path = request.path.slice(0, at) + random.pick(['/', '%', '%00', '%zz', '~', '..', '%F0', '//'])
  },
]

/** Changes one or two things of a request; the result is whole as HTTP frames it. */
export function mutate(random: Random, sent: SentRequest): void {
  sent.query ??= {}
  const request = sent as HttpRequest
  for (let count = random.pick([1, 1, 2]); count > 0; count--) random.pick(mutations)(random, request)
}

function isFraming(name: string): boolean {
  return /^(host|content-length|transfer-encoding|expect|connection|upgrade|http2-settings|te|trailer)$/.test(
    name,
  )
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    // A broken escape stands for itself.
    return text
  }
}

function changeBody(random: Random, request: HttpRequest): void {
  const { body } = request as { body?: unknown }
  if (typeof body !== 'string' && !(body instanceof Uint8Array)) return
  const bytes = Buffer.from(body as Uint8Array)
  if (bytes.length === 0) return
  const text = bytes.toString('utf8')
  const changed =
    random.next() < 0.25 ? flipBytes(random, bytes) : Buffer.from(changeDocument(random, text) ?? text)
  setBody(request, changed)
}

function setBody(request: HttpRequest, bytes: Buffer): void {
  ;(request as { body?: unknown }).body = bytes
  for (const name of Object.keys(request.headers)) {
    // A digest of what the body was would be all that the cloud looked at.
    if (/^(x-amz-checksum-|content-md5|x-amz-trailer|x-amz-sdk-checksum)/i.test(name))
      delete request.headers[name]
    if (name.toLowerCase() === 'content-length') delete request.headers[name]
  }
  // Node sends the body of a GET or DELETE without any framing otherwise, and the next request's beginning is lost in it.
  request.headers['content-length'] = String(bytes.length)
}

function changeDocument(random: Random, text: string): string | undefined {
  if (text.startsWith('<')) return changeXml(random, text)
  if (text.startsWith('{')) return changeJson(random, text)
  if (text.startsWith('Action=')) return changeForm(random, text)
  return text.slice(0, random.integer(0, text.length))
}

const hostileTexts = [
  '',
  '-1',
  'x',
  '<a/>',
  '&lt;',
  '&nada;',
  '99999999999999999999',
  ' true ',
  '\u0001',
  'ñ',
]

function changeXml(random: Random, text: string): string {
  const tags = [...text.matchAll(/<[^>]*>/g)]
  const tag = random.pick(tags)
  const end = tag.index + tag[0].length
  return random.pick([
    // A tag is lost, is there twice, has another name, or holds another text.
    () => text.slice(0, tag.index) + text.slice(end),
    () => text.slice(0, end) + tag[0] + text.slice(end),
    () => text.slice(0, tag.index) + tag[0].replace(/\w+/, 'Nada') + text.slice(end),
    () => text.slice(0, end) + random.pick(hostileTexts) + text.slice(end),
    () => text.slice(0, end) + text.slice(end).replace(/^[^<]*/, () => random.pick(hostileTexts)),
  ])()
}

const hostileValues: readonly unknown[] = [
  null,
  0,
  -1,
  1e300,
  1.5,
  true,
  '',
  'x',
  [],
  {},
  [null],
  [[]],
  { a: 1 },
  'x'.repeat(9000),
]

function changeJson(random: Random, text: string): string | undefined {
  const places: [holder: Record<string, unknown>, name: string][] = []
  const collect = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return
    for (const [name, each] of Object.entries(value)) {
      places.push([value as Record<string, unknown>, name])
      collect(each)
    }
  }
  const document = parse(text)
  collect(document)
  if (places.length === 0) return JSON.stringify(random.pick(hostileValues))
  const [holder, name] = random.pick(places)
  holder[name] = random.pick(hostileValues)
  return JSON.stringify(document)
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // An earlier mutation broke it.
    return undefined
  }
}

function changeForm(random: Random, text: string): string {
  const pairs = text.split('&')
  const at = random.integer(0, pairs.length - 1)
  const [name = ''] = (pairs[at] ?? '').split('=')
  const replaced = random.pick([
    [],
    [`${name}=${random.pick(queryValues)}`],
    [`${name}.member.1=x`],
    [`${name}.entry.0.key=x`],
    [`${name.replace(/\d+/, '999999999')}=x`],
    [pairs[at] ?? '', pairs[at] ?? ''],
  ])
  return [...pairs.slice(0, at), ...replaced, ...pairs.slice(at + 1)].join('&')
}
