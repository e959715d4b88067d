import type { ResponseStream } from '../runtime/runtime.ts'

/** What a streaming function writes on one side, and what reads it on the other. */
export interface ResponseQueue {
  /** For the runtime. */
  readonly stream: ResponseStream
  /** Resolves with the content type when the function begins to write. */
  readonly begun: Promise<string>
  /** The pieces in order; ends after `end`. A reader that stops early makes the writer's pieces be dropped. */
  read(): AsyncGenerator<Uint8Array>
  /** Says that nothing more comes. */
  end(): void
}

/** Creates a queue of one piece: the function writes no faster than it is read. */
export function createResponseQueue(): ResponseQueue {
  let begin = (_contentType: string): void => undefined
  const begun = new Promise<string>(resolve => {
    begin = resolve
  })
  const waiting: { readonly piece: Uint8Array; readonly taken: () => void }[] = []
  let isOver = false
  let isLeft = false
  let wake = (): void => undefined
  return {
    begun,
    stream: {
      begin: contentType => begin(contentType),
      write: piece =>
        new Promise(resolve => {
          if (isLeft) {
            resolve()
            return
          }
          waiting.push({ piece, taken: resolve })
          wake()
        }),
    },
    read: async function* () {
      try {
        while (true) {
          const next = waiting.shift()
          if (next) {
            yield next.piece
            next.taken()
          } else if (isOver) {
            return
          } else {
            await new Promise<void>(resolve => {
              wake = resolve
            })
          }
        }
      } finally {
        isLeft = true
        for (const { taken } of waiting.splice(0)) taken()
      }
    },
    end: () => {
      isOver = true
      wake()
    },
  }
}
