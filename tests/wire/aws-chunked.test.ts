import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { AwsChunkedDecoder } from '../../src/wire/aws-chunked.ts'

/** Feeds framed bytes in pieces of the given sizes, in turn. */
function decode(
  framed: Buffer,
  sizes: readonly number[],
): { data: Buffer; trailers: Record<string, string> } {
  const decoder = new AwsChunkedDecoder()
  const data: Buffer[] = []
  let offset = 0
  for (let turn = 0; offset < framed.length; turn++) {
    const size = sizes[turn % sizes.length] ?? 1
    data.push(...decoder.push(framed.subarray(offset, offset + size)))
    offset += size
  }
  decoder.finish()
  return { data: Buffer.concat(data), trailers: decoder.trailers }
}

describe('aws-chunked', () => {
  it('gives back the data and the trailers, however the bytes are cut', () => {
    fc.assert(
      fc.property(
        fc.array(fc.uint8Array({ minLength: 1, maxLength: 300 }), { maxLength: 8 }),
        fc.dictionary(fc.stringMatching(/^x-[a-z]{1,8}$/), fc.stringMatching(/^[A-Za-z0-9+/=]{1,20}$/), {
          maxKeys: 3,
        }),
        fc.array(fc.integer({ min: 1, max: 97 }), { minLength: 1, maxLength: 5 }),
        fc.boolean(),
        (chunks, trailers, sizes, isSigned) => {
          const signature = isSigned ? `;chunk-signature=${'a'.repeat(64)}` : ''
          const framed = Buffer.concat([
            ...chunks.flatMap(chunk => [
              Buffer.from(`${chunk.length.toString(16)}${signature}\r\n`),
              chunk,
              Buffer.from('\r\n'),
            ]),
            Buffer.from(
              `0${signature}\r\n${Object.entries(trailers)
                .map(([name, value]) => `${name}:${value}\r\n`)
                .join('')}\r\n`,
            ),
          ])
          const decoded = decode(framed, sizes)
          expect(decoded.data.equals(Buffer.concat(chunks))).toBe(true)
          expect(decoded.trailers).toEqual(trailers)
        },
      ),
    )
  })

  const broken: [string, string, string][] = [
    ['a size that is no number', 'zz\r\nabc\r\n0\r\n\r\n', 'InvalidRequest'],
    ['a negative size', '-1\r\n', 'InvalidRequest'],
    ['a size beyond reason', 'fffffffffffffffff\r\n', 'InvalidRequest'],
    ['data longer than its size', '2\r\nabc\r\n0\r\n\r\n', 'InvalidRequest'],
    ['data cut short', '5\r\nab', 'IncompleteBody'],
    ['no last chunk', '2\r\nab\r\n', 'IncompleteBody'],
    ['a trailer without a colon', '0\r\nabc\r\n\r\n', 'InvalidRequest'],
    ['a line without end', 'a'.repeat(20_000), 'InvalidRequest'],
    ['nothing', '', 'IncompleteBody'],
  ]
  it.each(broken)('refuses %s', (_what, framed, code) => {
    expect(() => decode(Buffer.from(framed), [7])).toThrow(expect.objectContaining({ code }))
  })
})
