import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { type LocalCloud, startLocalCloud } from '../../src/local-cloud.ts'
import { runInProcess } from './running/awslocal.ts'
import { createKeyboard } from './running/keyboard.ts'

describe('awslocal logs start-live-tail', () => {
  const arn = 'arn:aws:logs:us-east-1:000000000000:log-group:grupo'
  let cloud: LocalCloud

  beforeAll(async () => {
    cloud = await startLocalCloud({ port: 0 })
    await logs('create-log-group', '--log-group-name', 'grupo')
    await logs('create-log-stream', '--log-group-name', 'grupo', '--log-stream-name', 'flujo')
  })
  afterAll(() => cloud.close())

  const logs = (...words: string[]): ReturnType<typeof runInProcess> =>
    runInProcess(['logs', ...words], { env: { AWS_ENDPOINT_URL: cloud.url } })

  it('prints the messages that come, and ends well on Ctrl-C', async () => {
    const { press, onInterrupt } = createKeyboard()
    let isShown = false
    const onOutput = (text: string): void => {
      isShown ||= text.includes('ERROR')
      press()
    }
    const words = ['start-live-tail', '--log-group-identifiers', arn, '--log-event-filter-pattern', 'ERROR']
    const env = { AWS_ENDPOINT_URL: cloud.url }
    const following = runInProcess(['logs', ...words], { env, onInterrupt, onOutput })
    const put = async (): Promise<void> => {
      const events = JSON.stringify(
        ['hola', 'ERROR: adiós'].map(message => ({ timestamp: Date.now(), message })),
      )
      const where = ['--log-group-name', 'grupo', '--log-stream-name', 'flujo']
      await logs('put-log-events', ...where, '--log-events', events)
      expect(isShown).toBe(true)
    }
    await vi.waitFor(put, { timeout: 20_000, interval: 100 })
    const { status, stdout, stderr } = await following
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    expect(new Set(stdout.trim().split('\n'))).toEqual(new Set(['ERROR: adiós']))
  })

  it.each([
    [[], 2, 'the following arguments are required: --log-group-identifiers'],
    [['--log-group-identifiers', arn.replace('grupo', 'nadie')], 255, '(ResourceNotFoundException)'],
  ])('%j is refused', async (words, status, message) => {
    const found = await logs('start-live-tail', ...words)
    expect({ status: found.status, stderr: found.stderr }).toEqual({
      status,
      stderr: expect.stringContaining(message),
    })
  })
})
