import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Blob, BlobStore } from '../../../../src/cloud/blob-store.ts'
import { asRequestBody, readBytes } from '../../../../src/services/s3/objects/read.ts'
import type { ResponseBody } from '../../../../src/wire/body.ts'
import { createTestContext } from '../context.ts'

/** A store of "files" that counts who still reads them; a file is let go when its reader ends. */
function createCountingStore(files: Readonly<Record<string, Buffer>>) {
  const held = new Set<string>()
  const store: Pick<BlobStore, 'read'> = {
    read: (blob, start = 0, end = blob.size) => {
      if (blob.kind === 'memory') return blob.bytes.subarray(start, end)
      held.add(blob.name)
      return {
        length: end - start,
        open: async function* () {
          try {
            for (let at = start; at < end; at += 2)
              yield files[blob.name]?.subarray(at, Math.min(at + 2, end)) ?? Buffer.alloc(0)
          } finally {
            held.delete(blob.name)
          }
        },
      }
    },
  }
  return { held, context: { ...createTestContext(), blobs: store as BlobStore } }
}

async function collect(body: ResponseBody): Promise<Buffer> {
  if (!('open' in body)) return Buffer.from(body)
  const pieces: Uint8Array[] = []
  for await (const piece of body.open()) pieces.push(piece)
  const bytes = Buffer.concat(pieces)
  expect(bytes.length).toBe(body.length)
  return bytes
}

function segmentsOf(pieces: readonly Uint8Array[]) {
  const files = Object.fromEntries(pieces.map((piece, index) => [`f${index}`, Buffer.from(piece)]))
  const blobs: Blob[] = pieces.map((piece, index) =>
    index % 3 === 2
      ? { kind: 'memory', bytes: Buffer.from(piece), size: piece.length }
      : { kind: 'file', name: `f${index}`, size: piece.length },
  )
  return { blobs, ...createCountingStore(files) }
}

const pieces = fc.array(fc.uint8Array({ maxLength: 9 }), { minLength: 1, maxLength: 7 })

describe('reading an object of several blobs', () => {
  it('gives any span of the whole, and lets every file go', async () => {
    await fc.assert(
      fc.asyncProperty(pieces, fc.nat(60), fc.nat(60), async (parts, left, right) => {
        const whole = Buffer.concat(parts)
        const start = Math.min(left, right, whole.length)
        const end = Math.min(Math.max(left, right), whole.length)
        const { blobs, held, context } = segmentsOf(parts)
        expect(await collect(readBytes({ blobs }, { start, end }, context))).toEqual(
          whole.subarray(start, end),
        )
        expect(await asRequestBody({ blobs }, { start, end }, context).bytes(whole.length)).toEqual(
          whole.subarray(start, end),
        )
        expect([...held]).toEqual([])
      }),
    )
  })

  it('lets every file go when the reader gives up', async () => {
    await fc.assert(
      fc.asyncProperty(pieces, fc.nat(5), async (parts, patience) => {
        const { blobs, held, context } = segmentsOf(parts)
        const end = parts.reduce((sum, part) => sum + part.length, 0)
        const body = readBytes({ blobs }, { start: 0, end }, context)
        if (!('open' in body)) return
        let seen = 0
        for await (const _ of body.open()) if (seen++ === patience) break
        expect([...held]).toEqual([])
      }),
    )
  })

  it('opens nothing before the bytes are wanted', () => {
    const { blobs, held, context } = segmentsOf([new Uint8Array(3), new Uint8Array(3)])
    readBytes({ blobs }, { start: 0, end: 6 }, context)
    expect([...held]).toEqual([])
  })
})
