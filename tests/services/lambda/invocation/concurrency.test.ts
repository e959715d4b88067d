import { PutFunctionConcurrencyCommand } from '@aws-sdk/client-lambda'
import { describe, expect, it } from 'vitest'
import { failureOf, useLambda } from '../lab.ts'

const lab = useLambda()

/** A function whose calls end when they are let go. */
async function holding(reserved: number | undefined): Promise<{ name: string; release: () => void }> {
  const name = await lab.newFunction()
  if (reserved !== undefined) {
    await lab.lambda.send(
      new PutFunctionConcurrencyCommand({ FunctionName: name, ReservedConcurrentExecutions: reserved }),
    )
  }
  let release = (): void => undefined
  const released = new Promise<void>(resolve => {
    release = resolve
  })
  lab.runtime.handlers.set(name, () => released)
  return { name, release }
}

describe('concurrency', () => {
  it('lets ten of 500 calls into a function with ten places; the others are told why not', async () => {
    const { name, release } = await holding(10)
    const calls = Array.from({ length: 500 }, () =>
      lab.invoke(name).then(
        ({ status }) => String(status),
        (error: { name: string; Reason: string }) => `${error.name} ${error.Reason}`,
      ),
    )
    const refused = 'TooManyRequestsException ReservedFunctionConcurrentInvocationLimitExceeded'
    let settled = 0
    for (const call of calls) call.then(() => (settled += 1))
    await expect.poll(() => settled, { timeout: 30_000 }).toBe(490)
    release()
    const outcomes = await Promise.all(calls)
    expect(outcomes.filter(each => each === '200').length).toBe(10)
    expect(outcomes.filter(each => each === refused).length).toBe(490)
    expect((await lab.invoke(name)).status).toBe(200)
  })

  it('lets nothing into a function with no places', async () => {
    const { name } = await holding(0)
    expect(await failureOf(lab.invoke(name))).toMatchObject({
      code: 'TooManyRequestsException',
      status: 429,
      message: 'Rate Exceeded.',
      members: { Reason: 'ReservedFunctionConcurrentInvocationLimitExceeded', Type: 'User' },
    })
  })
})
