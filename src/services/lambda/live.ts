import type { LivePart, Platform } from '../../cloud/live-part.ts'
import { AsyncQueue } from './asynchronous/queue.ts'
import { type Activations, createActivations } from './functions/activations.ts'
import { type CodeTrash, createCodeTrash } from './functions/code-trash.ts'
import { type Concurrency, createConcurrency } from './invocation/concurrency.ts'
import type { Runtime } from './runtime/runtime.ts'
import type { LambdaState } from './state.ts'

/** What Lambda keeps beside its state: processes, and work under way. */
export interface LambdaLive extends LivePart {
  readonly platform: Platform<LambdaState>
  readonly runtime: Runtime
  readonly activations: Activations
  readonly concurrency: Concurrency
  readonly queue: AsyncQueue
  readonly trash: CodeTrash
}

/** Opens Lambda on a runtime. */
export function openLambda(platform: Platform<LambdaState>, runtime: Runtime): LambdaLive {
  const activations = createActivations(platform, runtime)
  const concurrency = createConcurrency(() => {
    queue.wakeThrottled()
    trash.sweep()
  })
  const trash = createCodeTrash(platform, concurrency.isAtWork)
  const queue = new AsyncQueue(platform, { runtime, activations, concurrency })
  const parts = [activations, queue, runtime]
  return {
    platform,
    runtime,
    activations,
    concurrency,
    queue,
    trash,
    isIdle: () => parts.every(part => part.isIdle()),
    idle: async () => {
      for (const part of parts) await part.idle()
    },
    resume: () => {
      for (const { state } of platform.states()) {
        activations.resume(state)
        queue.resume(state)
      }
    },
    reset: async () => {
      activations.clear()
      queue.clear()
      trash.clear()
      await runtime.reset()
    },
    close: async () => {
      activations.clear()
      queue.clear()
      await runtime.close()
    },
  }
}
