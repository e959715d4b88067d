import type { Random } from '../../../src/core/random.ts'
import { bodies, headerLines, hosts, methods, pathParts, queryValues, subresources } from './noise-pieces.ts'

/** Bytes for one connection. */
export interface Noise {
  readonly bytes: Buffer
  /** Method of each request, in order. */
  readonly methods: readonly string[]
  /** Whether every request is whole as HTTP frames it, so that the first at least must be answered. */
  readonly isWhole: boolean
  readonly ending: 'close' | 'reset'
}

interface NoiseRequest {
  readonly method: string
  readonly bytes: Buffer
  readonly isWhole: boolean
}

/** Bytes for one connection: mostly one request, sometimes several at once, damaged, cut off or given up. */
export function makeNoise(random: Random): Noise {
  const count = random.next() < 0.08 ? random.integer(2, 5) : 1
  const requests = Array.from({ length: count }, (_each, index) =>
    makeRequest(random, index === count - 1 ? 'close' : 'keep-alive'),
  )
  const bytes = Buffer.concat(requests.map(request => request.bytes))
  const facts = { methods: requests.map(({ method }) => method), ending: 'close' as const }
  const chance = random.next()
  if (chance < 0.1) return { ...facts, bytes: flipBytes(random, bytes), isWhole: false }
  if (chance < 0.18) return { ...facts, bytes: cut(random, bytes), isWhole: false }
  if (chance < 0.22) return { ...facts, bytes: cut(random, bytes), isWhole: false, ending: 'reset' }
  return { ...facts, bytes, isWhole: requests.every(({ isWhole }) => isWhole) }
}

function makeRequest(random: Random, connection: 'close' | 'keep-alive'): NoiseRequest {
  const method = random.pick(methods)
  const body = Buffer.from(random.pick(bodies), random.next() < 0.5 ? 'utf8' : 'latin1')
  const chosen = Array.from({ length: random.pick([0, 1, 1, 2, 2, 3, 4, 8]) }, () => random.pick(headerLines))
  const framing = frame(random, body)
  const lines = [
    `${method} ${makeTarget(random)} HTTP/1.1`,
    `host: ${random.next() < 0.7 ? 'localhost' : random.pick(hosts)}`,
    `connection: ${connection}`,
    ...chosen,
    ...framing.lines,
  ]
  return {
    method,
    bytes: Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1'), framing.body]),
    isWhole: framing.isWhole && !chosen.some(line => /^(content-length|transfer-encoding)/.test(line)),
  }
}

function frame(
  random: Random,
  body: Buffer,
): { readonly lines: readonly string[]; readonly body: Buffer; readonly isWhole: boolean } {
  const chance = random.next()
  if (chance < 0.7) return { lines: [`content-length: ${body.length}`], body, isWhole: true }
  if (chance < 0.8)
    return { lines: ['transfer-encoding: chunked'], body: asChunks(random, body), isWhole: true }
  if (chance < 0.85) return { lines: ['transfer-encoding: chunked'], body, isWhole: false }
  if (chance < 0.9) return { lines: [], body, isWhole: false }
  return { lines: [`content-length: ${random.integer(0, body.length * 2 + 2)}`], body, isWhole: false }
}

function asChunks(random: Random, body: Buffer): Buffer {
  const pieces: Buffer[] = []
  for (let at = 0; at < body.length; ) {
    const piece = body.subarray(at, at + random.integer(1, Math.max(1, body.length)))
    pieces.push(Buffer.from(`${piece.length.toString(16)}\r\n`), piece, Buffer.from('\r\n'))
    at += piece.length
  }
  return Buffer.concat([...pieces, Buffer.from('0\r\n\r\n')])
}

/** A path and a query, now and then in absolute form. */
export function makeTarget(random: Random): string {
  const parts = Array.from({ length: random.integer(0, 5) }, () => random.pick(pathParts))
  const path = random.next() < 0.5 ? random.pick(['/', '/fuzz', '/fuzz/', '/fuzz/k']) : `/${parts.join('/')}`
  const pairs = Array.from({ length: random.pick([0, 0, 1, 1, 1, 2, 3, 6]) }, () => {
    const name = random.pick(subresources)
    return random.next() < 0.4 ? name : `${name}=${random.pick(queryValues)}`
  })
  const query = pairs.length === 0 ? '' : `?${pairs.join('&')}`
  // Blanks end a target; what remains is whatever somebody typed.
  const target = `${path}${query}`.replaceAll(' ', '%20')
  return random.next() < 0.03 ? `http://${random.pick(hosts).replaceAll(' ', '')}${target}` : target
}

/** Changes a few bytes. */
export function flipBytes(random: Random, bytes: Buffer): Buffer {
  const flipped = Buffer.from(bytes)
  for (let count = random.integer(1, 4); count > 0; count--)
    flipped[random.integer(0, flipped.length - 1)] = random.integer(0, 255)
  return flipped
}

function cut(random: Random, bytes: Buffer): Buffer {
  return bytes.subarray(0, random.integer(0, bytes.length - 1))
}
