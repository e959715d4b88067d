import type { LivePart, Platform } from '../../../src/cloud/live-part.ts'
import { defineService } from '../../../src/cloud/service.ts'

const idle: LivePart = {
  isIdle: () => true,
  idle: async () => undefined,
  reset: async () => undefined,
  close: async () => undefined,
}

/** Creates a service that asks and delivers as S3 does, by way of its platform; that is there once a cloud opened it. */
export function createSender() {
  let opened: Platform | undefined
  const service = defineService({
    id: 'sender',
    model: { protocol: 'restJson1', operations: {} },
    scope: 'region',
    createState: () => ({}),
    operations: {},
    open: platform => {
      opened = platform
      return idle
    },
  })
  return {
    service,
    get platform(): Platform {
      if (!opened) throw new Error('the sender was not opened')
      return opened
    },
  }
}
