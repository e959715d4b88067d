import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  BrokenFrameError,
  createFrameReader,
  encodeFrame,
  LargeFrameError,
} from '../../src/course/student/frames.ts'

describe('frames between the grader and a student', () => {
  it('arrive whole however they are cut', () => {
    fc.assert(
      fc.property(fc.array(fc.jsonValue()), fc.array(fc.integer({ min: 1, max: 40 })), (values, cuts) => {
        const bytes = Buffer.concat(values.map(encodeFrame))
        const read = createFrameReader()
        const seen: unknown[] = []
        let offset = 0
        for (const cut of cuts) {
          seen.push(...read(bytes.subarray(offset, offset + cut)))
          offset = Math.min(bytes.length, offset + cut)
        }
        seen.push(...read(bytes.subarray(offset)))
        expect(seen).toEqual(values)
      }),
    )
  })

  it('made of anything else are a value or a BrokenFrameError, never another failure', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), body => {
        const length = Buffer.alloc(4)
        length.writeUInt32BE(body.length)
        try {
          createFrameReader()(Buffer.concat([length, body]))
        } catch (error) {
          expect(error).toBeInstanceOf(BrokenFrameError)
        }
      }),
    )
  })

  it('that claim to be huge are refused at once, before they arrive', () => {
    expect(() => createFrameReader()(Buffer.from([0xff, 0xff, 0xff, 0xff]))).toThrow(LargeFrameError)
  })
})
