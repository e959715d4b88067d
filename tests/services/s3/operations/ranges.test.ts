import { GetObjectCommand, HeadObjectCommand } from '@aws-sdk/client-s3'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseRange } from '../../../../src/services/s3/objects/range.ts'
import { failureOf, textOf, useS3 } from '../lab.ts'

const lab = useS3()

/** What AWS answers for an object of ten bytes, `0123456789`. */
const answers: readonly { range: string; body: string; contentRange?: string }[] = [
  { range: 'bytes=0-8', body: '012345678', contentRange: 'bytes 0-8/10' },
  { range: 'bytes=1-1', body: '1', contentRange: 'bytes 1-1/10' },
  { range: 'bytes=1-', body: '123456789', contentRange: 'bytes 1-9/10' },
  { range: 'bytes=-2', body: '89', contentRange: 'bytes 8-9/10' },
  { range: 'bytes=-15', body: '0123456789', contentRange: 'bytes 0-9/10' },
  { range: 'bytes=0-100', body: '0123456789', contentRange: 'bytes 0-9/10' },
  { range: 'bytes=1-0', body: '0123456789' },
  { range: 'bytes=-1-', body: '0123456789' },
  { range: 'bytes=0--1', body: '0123456789' },
  { range: 'bytes=0-1,3-4,7-9', body: '0123456789' },
  { range: '0-9', body: '0123456789' },
  { range: 'bytes=-', body: '0123456789' },
]

describe('a range', () => {
  it.each(answers)('$range gives $body', async ({ range, body, contentRange }) => {
    const Bucket = await lab.newBucket()
    await lab.put(Bucket, 'k', '0123456789')
    const got = await lab.s3.send(new GetObjectCommand({ Bucket, Key: 'k', Range: range }))
    expect(await textOf(got)).toBe(body)
    expect(got.ContentRange).toBe(contentRange)
    expect(got.ContentLength).toBe(body.length)
    expect(got.$metadata.httpStatusCode).toBe(contentRange === undefined ? 200 : 206)
    const head = await lab.s3.send(new HeadObjectCommand({ Bucket, Key: 'k', Range: range }))
    expect(head).toMatchObject({ ContentLength: body.length })
    expect(head.ContentRange).toBe(contentRange)
  })

  it.each(['bytes=100-200', 'bytes=-0', 'bytes=10-'])('%s is not satisfiable', async range => {
    const Bucket = await lab.newBucket()
    await lab.put(Bucket, 'k', '0123456789')
    expect(
      await failureOf(lab.s3.send(new GetObjectCommand({ Bucket, Key: 'k', Range: range }))),
    ).toMatchObject({
      code: 'InvalidRange',
      status: 416,
      message: 'The requested range is not satisfiable',
      members: { RangeRequested: range, ActualObjectSize: '10' },
    })
  })

  it('brings the checksum only with the whole object', async () => {
    const Bucket = await lab.newBucket()
    await lab.put(Bucket, 'k', '0123456789')
    const send = (Range: string) =>
      lab.s3.send(new HeadObjectCommand({ Bucket, Key: 'k', Range, ChecksumMode: 'ENABLED' }))
    expect((await send('bytes=0-100')).ChecksumCRC32).toBe('poTHxg==')
    expect((await send('bytes=0-8')).ChecksumCRC32).toBeUndefined()
  })

  it('reads what lies in files as what lies in memory', async () => {
    const Bucket = await lab.newBucket()
    const body = Buffer.from(Array.from({ length: 2_000_000 }, (_, index) => (index * 31) & 255))
    await lab.put(Bucket, 'large', body)
    const span = fc.tuple(fc.nat(body.length - 1), fc.nat(body.length - 1))
    await fc.assert(
      fc.asyncProperty(span, async ([left, right]) => {
        const [first, last] = left < right ? [left, right] : [right, left]
        const Range = `bytes=${first}-${last}`
        const got = await lab.s3.send(new GetObjectCommand({ Bucket, Key: 'large', Range }))
        const bytes = Buffer.from((await got.Body?.transformToByteArray()) ?? [])
        expect(bytes.equals(body.subarray(first, last + 1))).toBe(true)
      }),
      { numRuns: 20 },
    )
  })

  it('is a slice, whatever its bounds', () => {
    const bound = fc.option(fc.nat(30), { nil: undefined })
    fc.assert(
      fc.property(bound, bound, fc.integer({ min: 1, max: 20 }), (first, last, size) => {
        const whole = Array.from({ length: size }, (_, index) => index)
        const expected = modelOfRange(whole, first, last)
        const range = `bytes=${first ?? ''}-${last ?? ''}`
        if (expected === 'unsatisfiable') {
          expect(() => parseRange(range, size)).toThrow('not satisfiable')
          return
        }
        const span = parseRange(range, size) ?? { start: 0, end: size }
        expect(whole.slice(span.start, span.end)).toEqual(expected)
      }),
    )
  })
})

function modelOfRange(
  whole: number[],
  first: number | undefined,
  last: number | undefined,
): number[] | 'unsatisfiable' {
  if (first === undefined) {
    if (last === undefined) return whole
    return last === 0 ? 'unsatisfiable' : whole.slice(-last)
  }
  if (last !== undefined && last < first) return whole
  return first >= whole.length
    ? 'unsatisfiable'
    : whole.filter(index => index >= first && index <= (last ?? Infinity))
}
